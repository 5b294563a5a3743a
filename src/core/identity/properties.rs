//! What holds for any answer: it is read, and what is shown of it is fit for a line of the page.

use super::*;
use proptest::prelude::*;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

/// JSON with the fields of both answers, of right and wrong types.
fn value(depth: u32) -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
        prop::sample::select(vec![
            "null",
            "1",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"a\"",
            "\"b\"",
            "\"2027-01-31T00:00:00Z\"",
            "\"service_account\"",
            "\" \\u0000\\u202e \"",
        ])
        .prop_map(str::to_owned),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let name = prop::sample::select(vec![
        "principal",
        "organization",
        "workspace",
        "api_key",
        "key",
        "id",
        "name",
        "email",
        "first_name",
        "last_name",
        "principal_type",
        "service_account_id",
        "org_tier",
        "kind",
        "expires_at",
        "expiration_date",
        "detail",
    ]);
    let fields = prop::collection::btree_map(name, value(depth - 1), 0..8);
    let object = fields.prop_map(|fields| {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    });
    prop_oneof![1 => leaf, 3 => object].boxed()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_read(body in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read(&body).is_none_or(|identity| identity != Identity::default()));
    }

    #[test]
    fn whatever_is_told_fits_in_a_line(body in value(3)) {
        let Some(identity) = read(body.as_bytes()) else { return Ok(()) };
        prop_assert!(identity != Identity::default());
        let lines = identity.lines();
        prop_assert!(lines.is_sorted_by(|(fact, _), (next, _)| fact < next));
        for (_, value) in lines {
            prop_assert!(!value.is_empty() && value.chars().count() < 600);
            prop_assert!(!value.contains(char::is_control));
        }
    }

    #[test]
    fn merging_keeps_the_first_and_loses_nothing(one in value(3), two in value(3)) {
        let (one, two) = (read(one.as_bytes()).unwrap_or_default(), read(two.as_bytes()).unwrap_or_default());
        prop_assert_eq!(&one.clone().merge(Identity::default()), &one);
        prop_assert_eq!(&Identity::default().merge(two.clone()), &two);
        let facts = |identity: &Identity| identity.lines().into_iter().map(|(fact, _)| fact).collect::<Vec<_>>();
        let merged = one.clone().merge(two.clone());
        prop_assert!(facts(&one).iter().all(|fact| facts(&merged).contains(fact)));
        prop_assert_eq!(merged.clone().merge(two), merged);
    }
}
