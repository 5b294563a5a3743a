//! What is said about a key: its format, its vendor, whether it is one at all.

use super::tests::{LEGACY, PREFIXED, parse, text};
use super::*;
use crate::core::explain::{Cause, Explanation};

#[test]
fn shapes() {
    for (key, shape, sentence) in [
        (PREFIXED, KeyShape::Prefixed, "Looks like a Mistral key, 45 characters."),
        (LEGACY, KeyShape::Legacy, "32 letters and digits: the older Mistral format."),
        (
            PREFIXED.get(..38).expect("38"),
            KeyShape::PrefixedOdd,
            "Begins like a Mistral key but has 38 of 45 characters. Perhaps it was cut.",
        ),
        (
            &format!("{PREFIXED}9"),
            KeyShape::PrefixedOdd,
            "Begins like a Mistral key but has 46 characters instead of 45. Perhaps something was pasted along with it.",
        ),
        (
            &PREFIXED.replace("Ja_0", "J_a0"),
            KeyShape::PrefixedOdd,
            "Begins like a Mistral key and has its 45 characters, but not in the usual order. Perhaps it was mistyped.",
        ),
        (
            LEGACY.get(1..).expect("31"),
            KeyShape::LegacyOdd,
            "31 letters and digits, where the older Mistral format has 32. Perhaps it was cut.",
        ),
        (
            "Q9-pLw.82/aa+Vbn3k_Tz77fGh1d",
            KeyShape::Unknown,
            "Not a format we know for Mistral keys, 28 characters. It may still work.",
        ),
    ] {
        let reading = parse(key).reading;
        assert_eq!((reading.shape, reading.doubt), (shape, None), "{key}");
        assert_eq!(reading.sentence(), sentence);
    }
}

#[test]
fn other_vendors() {
    for (key, vendor, sentence) in [
        (
            "sk-proj-Ab1cD2",
            Vendor::OpenAi,
            "This begins like an OpenAI key (sk-proj-, sk-svcacct- or sk-admin-), not a Mistral one.",
        ),
        (
            "sk-Ab1cD2eF3",
            Vendor::OpenAiOrAnother,
            "This begins like a key of OpenAI or of another vendor that begins its keys with sk-, not a Mistral one.",
        ),
        (
            "sk-ant-api03-Ab1",
            Vendor::Anthropic,
            "This begins like an Anthropic key (sk-ant-), not a Mistral one.",
        ),
        (
            "sk-or-v1-Ab1cD2",
            Vendor::OpenRouter,
            "This begins like an OpenRouter key (sk-or-), not a Mistral one.",
        ),
        ("gsk_Ab1cD2eF3", Vendor::Groq, "This begins like a Groq key (gsk_), not a Mistral one."),
        (
            "AIzaSyAb1cD2eF3",
            Vendor::Google,
            "This begins like a Google key (AIza or AQ.), not a Mistral one.",
        ),
        (
            "AQ.Ab8RN6Kq2mXv9TzLw4cYh7PsJd1GfUe3oBtNiQr5kMyWxZaCl",
            Vendor::Google,
            "This begins like a Google key (AIza or AQ.), not a Mistral one.",
        ),
        (
            "hf_Ab1cD2eF3",
            Vendor::HuggingFace,
            "This begins like a Hugging Face key (hf_), not a Mistral one.",
        ),
        ("xai-Ab1cD2eF3", Vendor::Xai, "This begins like an xAI key (xai-), not a Mistral one."),
        (
            "github_pat_Ab1cD2",
            Vendor::GitHub,
            "This begins like a GitHub key (ghp_ or github_pat_), not a Mistral one.",
        ),
    ] {
        let reading = parse(key).reading;
        assert_eq!(reading.doubt, Some(Doubt::OtherVendor(vendor)), "{key}");
        assert_eq!(reading.sentence(), sentence);
    }
    let genuine = format!("AKIA{}", LEGACY.get(4..).expect("28"));
    assert_eq!(parse(&genuine).reading.doubt, None);
}

#[test]
fn a_realtime_token_is_no_key() {
    let reading = parse("Authorization: Bearer rt_9fK2mQ7wRt5Yb1Lc8Vd3Xg6").reading;
    assert_eq!(reading.doubt, Some(Doubt::RealtimeToken));
    assert!(reading.sentence().starts_with("This is a realtime token (rt_), not a key: "));
    let told = Explanation::of_text("rt_9fK2mQ7wRt5Yb1Lc8Vd3Xg6").expect("an explanation");
    assert_eq!((told.cause, &*told.headline), (Cause::Unsendable, "This is a realtime token, not a key."));
    // Of a word that only begins alike nothing is known.
    assert_eq!(parse("rtx9fK2mQ7wRt5Yb1Lc8Vd3Xg6").reading.doubt, None);
}

#[test]
fn masked_keys_are_doubted_and_sendable() {
    for pasted in [
        "HQSx...Ug6Y",
        "HQSx****Ug6Y",
        "sk-...Ab12",
        "HQSxxxxxxxUg6Y",
        "mstrl_Hq7Rxxxxxx4zQ",
        "********",
        "Ab1####9",
    ] {
        let parsed = parse(pasted);
        assert_eq!(parsed.reading.doubt, Some(Doubt::Masked), "{pasted}");
        assert_eq!(text(&parsed.key), pasted);
    }
    let by_chance = LEGACY.replace("kLp2", "xxxx");
    assert_eq!(parse(&by_chance).reading.doubt, None);
}

#[test]
fn placeholders_are_doubted_and_sendable() {
    let equal = "a".repeat(32);
    for pasted in [
        "YOUR_API_KEY",
        "your-mistral-key",
        "<api-key>",
        "<your key>",
        "${MISTRAL_API_KEY}",
        "${MISTRAL_API_KEY:-unset9}",
        "$MISTRAL_API_KEY",
        "%MISTRAL_KEY%",
        "{{ mistral }}",
        "${{ secrets.MISTRAL }}",
        "process.env.MISTRAL",
        "os.environ[\"MISTRAL_API_KEY\"]",
        "os.environ.get(\"MISTRAL_API_KEY\")",
        "sk-xxx",
        "sk-xxxxxxxxxxxx",
        "mstrl_xxxxxxxx",
        "changeme",
        "test",
        "MISTRAL_API_KEY",
        "api_key=os.environ[\"MISTRAL_API_KEY\"]",
        "Bearer $MISTRAL_API_KEY",
        &equal,
        "00000000",
        "1234567890",
        "null",
        "-H \"Authorization: Bearer $MISTRAL_API_KEY\"",
    ] {
        assert_eq!(parse(pasted).reading.doubt, Some(Doubt::Placeholder), "{pasted}");
    }
}

/// Forms of public code: `.env` files, Spring, .NET, Docker Compose, GitHub Actions, opencode, 1Password.
#[test]
fn placeholders_in_other_languages_and_references_are_doubted() {
    for pasted in [
        "MISTRAL_API_KEY=votre_cle_mistral_ici",
        "COLLEZ-VOTRE-CLEF-ICI",
        "MISTRAL_API_KEY=tu_clave_aqui         # https://console.mistral.ai (gratis)\n",
        "miClaveApi123",
        "api_key: \"sua-chave-aqui\"",
        "coloque_aqui_1",
        "MISTRAL_API_KEY=dein_api_schluessel ; hier",
        "HIER_EINTRAGEN_2",
        "la_tua_chiave",
        "chiave-segreta-1",
        "paste_it_from_console",
        "jouw_api_sleutel",
        "spring.ai.mistralai.api-key=${MISTRAL_AI_API_KEY}",
        "spring:\n  ai:\n    mistralai:\n      api-key: ${MISTRAL_AI_API_KEY}",
        "environment:\n  - MISTRAL_API_KEY=${MISTRAL_API_KEY:-}",
        "$env:MISTRAL_KEY",
        "Environment.GetEnvironmentVariable(\"KEY\")",
        "{\"provider\":{\"mistral\":{\"options\":{\"apiKey\":\"{env:KEY}\"}}}}",
        "op://vault/mistral/credential",
        "@mistral.key@",
    ] {
        assert_eq!(parse(pasted).reading.doubt, Some(Doubt::Placeholder), "{pasted}");
    }
    for genuine in ["an-odd-key-9", "xK-pLqWzRtYbNmVc_QhJdFgSsAa", "QhRQuayUp2eh0Dk0ZYPu2vB7istUclEW", "word"]
    {
        assert_eq!(parse(genuine).reading.doubt, None, "{genuine}");
    }
}

/// Forms of Helm, Laravel and tables: nothing of what stands around names the value as settings usually do.
#[test]
fn the_only_key_of_a_text_is_found_wherever_it_stands() {
    const KEY: &str = "Rt5kWq81hZnC3vYb7LmXe0sD2gJpUa6o";
    for pasted in [
        "helm install app ./chart --set mistral.apiKey=KEY --set replicas=2",
        "'mistral' => [\n    'api_key' => 'KEY',\n    'url' => env('MISTRAL_URL'),\n],",
        "| MISTRAL_API_KEY | KEY |",
    ] {
        let parsed = parse(
            &pasted
                .replace("KEY", KEY)
                .replace("MISTRAL_API_Rt5kWq81hZnC3vYb7LmXe0sD2gJpUa6o", "MISTRAL_API_KEY"),
        );
        assert_eq!(parsed.key.bearer().as_str(), format!("Bearer {KEY}"), "{pasted}");
        assert_eq!(parsed.reading.doubt, None, "{pasted}");
    }
}

#[test]
fn placeholders_that_no_header_carries_are_named_as_such() {
    for pasted in [
        "MISTRAL_API_KEY=votre_clé_api",
        "MISTRAL_API_KEY=\"<TU_API_KEY_AQUÍ>\"",
        "ihr-schlüssel-hier",
        "METTEZ VOTRE CLÉ",
        "api_key = \"自己的API\"",
        "あなたのAPIキー",
        "MISTRAL_API_KEY=ваш_ключ",
        "키를_여기에",
    ] {
        assert_eq!(
            ApiKey::parse(pasted).map(|parsed| parsed.reading),
            Err(KeyProblem::Placeholder),
            "{pasted}"
        );
    }
}

#[test]
fn what_stands_behind_a_masked_key_is_no_part_of_it() {
    let reading = parse("SST_KEY: \"V########zL\"   <---- mistral api key (free tier)").reading;
    assert_eq!(reading.doubt, Some(Doubt::Masked));
    assert_eq!(reading.length, 11);
}

#[test]
fn a_key_in_base64_is_decoded_and_that_is_said() {
    // `kubectl get secret -o yaml`; the second with the line feed that `echo` adds.
    for (pasted, key) in [
        ("data:\n  mistral-api-key: WnI0dFFtOFdrTHAyWHNWYjZOaEpjMHlHZEVmM3VBMWk=", LEGACY),
        ("WnI0dFFtOFdrTHAyWHNWYjZOaEpjMHlHZEVmM3VBMWkK", LEGACY),
        ("bXN0cmxfSHE3UmsyVnc5WnM0TG02VGIxTng4UGMzWWQ1R2YwSmFfMGtUNHpR", PREFIXED),
    ] {
        let parsed = parse(pasted);
        assert_eq!(text(&parsed.key), key, "{pasted}");
        assert!(parsed.reading.repairs.contains(&Repair::Base64), "{pasted}");
    }
    assert_eq!(parse("Zm9vYmFyCg==").reading.repairs, []);
}
