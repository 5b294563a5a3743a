//! "Pricing at a glance" as HTML: the core's table of prices, without the models that have retired by the day of the build.

use key_tester::core::models::retired::retired;
use key_tester::core::prices::{self, Price};
use key_tester::core::time::Date;

use super::guide::text;

/// The table, its rows under what the prices are for, and below it where they were read.
pub(crate) fn prices(today: Date) -> String {
    let rows: Vec<(&str, Price)> = prices::known()
        .filter_map(|(ids, price)| Some((*ids.first()?, price)))
        .filter(|(id, _)| retired(id, today).is_none())
        .collect();
    let mut units: Vec<&str> = Vec::new();
    for (_, price) in &rows {
        if !units.contains(&price.unit()) {
            units.push(price.unit());
        }
    }
    let groups: String = units.iter().map(|unit| group(unit, &rows)).collect();
    format!(
        "<table class=\"price-list\"><caption>US dollars at the global host, {}</caption>\
         <thead><tr><th scope=\"col\">Model</th><th scope=\"col\">Price</th></tr></thead>\n{groups}</table>\n\
         <p class=\"note\">{}</p>",
        prices::AS_OF,
        sources(&rows)
    )
}

/// The models that are paid for in the same way.
fn group(unit: &str, rows: &[(&str, Price)]) -> String {
    let heading = if unit.is_empty() { "Free of charge".to_owned() } else { format!("Per {}", text(unit)) };
    let row = |(id, price): &(&str, Price)| {
        let (id, amount, besides) = (text(id), text(&price.amount()), price.besides());
        let besides =
            if besides.is_empty() { besides } else { format!(" <small>{}</small>", text(&besides)) };
        format!("<tr><th scope=\"row\"><code>{id}</code></th><td>{amount}{besides}</td></tr>\n")
    };
    let rows: Vec<String> = rows.iter().filter(|(_, price)| price.unit() == unit).map(row).collect();
    let rows = rows.concat();
    format!("<tbody><tr><th scope=\"rowgroup\" colspan=\"2\">{heading}</th></tr>\n{rows}</tbody>\n")
}

/// Where the prices were read; of those that sources disagree about, each by its name.
fn sources(rows: &[(&str, Price)]) -> String {
    let mut agreed: Vec<&str> = Vec::new();
    let mut doubtful: Vec<String> = Vec::new();
    for (id, price) in rows {
        if price.is_approximate() {
            doubtful.push(format!(" <code>{}</code>: {}.", text(id), text(price.source.place)));
        } else if !agreed.contains(&price.source.place) {
            agreed.push(price.source.place);
        }
    }
    format!("Read in {}.{}", text(&agreed.join(", or in ")), doubtful.concat())
}
