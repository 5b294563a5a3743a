//! The views, rendered to HTML in every state of the page: names, labels, references, stable attributes.
#![cfg(not(target_arch = "wasm32"))]

#[path = "markup/html.rs"]
mod html;
#[path = "markup/states.rs"]
mod states;
#[allow(dead_code, reason = "conversations need more of it")]
#[path = "core/talk.rs"]
mod talk;

mod markup {
    mod barrier;
    mod behind;
    mod explanations;
    mod lab;
    mod overview;
    mod pastes;
    mod plots;
    mod report;
    mod snippet;

    use super::html::{Element, Page};
    use super::states::{State, after, demo, drawn, measured, page};
    use super::talk::{KEY, Talk};
    use key_tester::core::app::{Copyable, KeyFormMsg, KeyTestMsg, ModelTableMsg, Msg, TextField};
    use key_tester::core::explain::{Caller, Cause};
    use key_tester::core::mistral::Endpoint;
    use key_tester::core::models::{Capability, Column};
    use key_tester::core::sim::Scenario;

    /// Checks one rule in every state.
    fn in_every_state(rule: impl Fn(&Page) -> Result<(), String>) {
        for State { name, page, .. } in drawn() {
            if let Err(broken) = rule(page) {
                panic!("{name}: {broken}");
            }
        }
    }

    fn all<T>(
        items: impl IntoIterator<Item = T>,
        check: impl Fn(T) -> Result<(), String>,
    ) -> Result<(), String> {
        items.into_iter().try_for_each(check)
    }

    fn ensure(holds: bool, broken: impl FnOnce() -> String) -> Result<(), String> {
        if holds { Ok(()) } else { Err(broken()) }
    }

    #[test]
    fn every_id_is_there_once() {
        in_every_state(|page| {
            all(page.values("id"), |id| {
                let count = page.values("id").filter(|other| *other == id).count();
                ensure(count == 1, || format!("id {id} is there {count} times"))
            })
        });
    }

    #[test]
    fn every_reference_leads_somewhere() {
        in_every_state(|page| {
            let names = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];
            let references = names.into_iter().flat_map(|name| page.values(name));
            all(references.flat_map(str::split_whitespace), |id| {
                ensure(page.values("id").any(|other| other == id), || format!("there is no id {id}"))
            })
        });
    }

    #[test]
    fn every_control_has_a_name() {
        in_every_state(|page| {
            all(page.elements.iter(), |element| {
                let labelled = element.attribute("aria-label").is_some_and(|label| !label.is_empty());
                let named = match element.name.as_str() {
                    "button" | "a" | "summary" => labelled || !element.text.trim().is_empty(),
                    "input" | "textarea" => {
                        let id = element.attribute("id");
                        let label = |other: &Element| other.name == "label" && other.attribute("for") == id;
                        labelled
                            || element.within.iter().any(|name| name == "label")
                            || (id.is_some() && page.elements.iter().any(label))
                    }
                    _ => true,
                };
                ensure(named, || format!("{element:?} has no name"))
            })
        });
    }

    #[test]
    fn every_button_says_that_it_is_one() {
        in_every_state(|page| {
            all(page.named("button"), |button| {
                let submits = button.attribute("id") == Some("test-key");
                let expected = if submits { "submit" } else { "button" };
                ensure(button.attribute("type") == Some(expected), || format!("{button:?}"))
            })
        });
    }

    #[test]
    fn every_link_outwards_tells_nobody_where_it_came_from() {
        in_every_state(|page| {
            let within = |link: &&Element| link.attribute("href").is_some_and(|href| href.starts_with('#'));
            all(page.named("a").filter(|link| !within(link)), |link| {
                let rel = link.attribute("rel") == Some("noopener noreferrer");
                ensure(rel && link.attribute("target") == Some("_blank"), || format!("{link:?}"))
            })
        });
    }

    /// The policy of the page refuses style attributes in markup. The marks of the strip are placed through the style
    /// object, which a rendering to HTML can only write as an attribute.
    #[test]
    fn nothing_but_a_mark_has_a_style() {
        in_every_state(|page| {
            let styled = page.elements.iter().filter(|element| element.attribute("style").is_some());
            all(styled, |element| {
                let class = element.attribute("class").unwrap_or_default();
                let style = element.attribute("style").unwrap_or_default().trim_end_matches(';');
                let places: Vec<&str> = style.split("%;").map(|place| place.trim_end_matches('%')).collect();
                let is_mark = match places.as_slice() {
                    [left] => class.starts_with("strip-m") && left.starts_with("left:"),
                    [left, bottom] => {
                        let both = left.starts_with("left:") && bottom.starts_with("bottom:");
                        class.starts_with("scatter-") && both
                    }
                    _ => false,
                };
                ensure(is_mark, || format!("{element:?}"))
            })
        });
    }

    #[test]
    fn there_is_no_script_and_no_handler_in_the_markup() {
        in_every_state(|page| {
            all(page.elements.iter(), |element| {
                let handler = element.attributes.iter().any(|(name, _)| name.starts_with("on"));
                ensure(element.name != "script" && !handler, || format!("{element:?}"))
            })
        });
    }

    #[test]
    fn the_key_is_nowhere_in_the_page() {
        in_every_state(|page| {
            ensure(!page.html.contains(KEY) && !page.html.contains("CanaryThatSings"), || page.html.clone())
        });
    }

    #[test]
    fn aria_states_are_words() {
        in_every_state(|page| {
            let names = [
                "aria-pressed",
                "aria-invalid",
                "aria-busy",
                "aria-hidden",
                "aria-expanded",
                "aria-disabled",
            ];
            all(names.into_iter().flat_map(|name| page.values(name)), |value| {
                ensure(matches!(value, "true" | "false"), || format!("“{value}” is no state"))
            })
        });
    }

    #[test]
    fn there_is_one_live_region_and_it_says_the_announcement() {
        for State { name, announcement, page } in drawn() {
            if name != "framed" {
                let regions =
                    page.elements.iter().filter(|region| region.attribute("role") == Some("status"));
                assert_eq!(regions.count(), 1, "{name}");
                assert_eq!(page.id("live").text.trim(), announcement, "{name}");
            }
        }
    }

    #[test]
    fn the_key_field_is_a_labelled_password_field() {
        let page = page(Talk::new());
        let field = page.id("api-key");
        assert_eq!((field.name.as_str(), field.attribute("type")), ("input", Some("password")));
        let label = page.named("label").find(|label| label.attribute("for") == Some("api-key"));
        assert_eq!(label.expect("a label for the field").text, "Mistral API key");
        for (name, value) in [
            ("autocomplete", "off"),
            ("autocapitalize", "none"),
            ("autocorrect", "off"),
            ("spellcheck", "false"),
            ("aria-describedby", "key-hint"),
            ("aria-invalid", "false"),
        ] {
            assert_eq!(field.attribute(name), Some(value), "{name}");
        }
        assert_eq!(field.attribute("name"), None, "a field without a name is never part of an address");
        assert_eq!(field.attribute("value"), None);
        assert!(page.id("key-hint").text.contains("Nothing is sent"));
        assert!(page.elements.iter().all(|element| element.attribute("data-verdict").is_none()));
        assert!(page.named("form").all(|form| form.attribute("action").is_none()));
    }

    #[test]
    fn a_revealed_key_has_a_button_to_hide_it() {
        let mut talk = Talk::new();
        talk.paste(KEY).tell(Msg::KeyForm(KeyFormMsg::RevealToggled));
        let page = page(talk);
        assert_eq!(page.id("api-key").attribute("type"), Some("text"));
        assert_eq!(page.id("reveal").attribute("aria-label"), Some("Hide key"));
    }

    #[test]
    fn a_text_that_cannot_be_sent_marks_the_field() {
        let mut talk = Talk::new();
        talk.paste("mstrl_Kanarienvögel");
        let page = page(talk);
        assert_eq!(page.id("api-key").attribute("aria-invalid"), Some("true"));
        assert!(page.id("key-hint").text.contains("Character"), "{}", page.id("key-hint").text);
    }

    #[test]
    fn the_endpoints_are_one_group_of_radio_buttons() {
        let mut talk = Talk::new();
        talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu)));
        let page = page(talk);
        let radios: Vec<_> =
            page.named("input").filter(|i| i.attribute("name") == Some("endpoint")).collect();
        assert_eq!(
            radios.iter().map(|radio| radio.attribute("value")).collect::<Vec<_>>(),
            [Some("global"), Some("eu"), Some("us")]
        );
        assert!(radios.iter().all(|radio| radio.attribute("type") == Some("radio")));
        assert!(page.named("code").any(|code| code.text == "api.eu.mistral.ai"));
        assert_eq!(page.named("legend").next().map(|legend| legend.text.as_str()), Some("Endpoint"));
    }

    #[test]
    fn a_run_is_busy_and_can_be_stopped() {
        let page = page(Talk::asked());
        let card = page.id("verdict");
        assert_eq!(card.attribute("aria-busy"), Some("true"));
        assert_eq!((card.attribute("data-verdict"), card.attribute("data-simulated")), (None, None));
        assert!(card.text.contains("Asking api.mistral.ai"));
        assert_eq!(page.id("stop").text, "Stop");
    }

    #[test]
    fn the_card_names_verdict_and_cause() {
        for (status, body, verdict, cause) in [
            (401, r#"{"detail":"Invalid API Key"}"#, "refused", Cause::InvalidKey),
            (403, r#"{"message":"no"}"#, "limited", Cause::Forbidden),
            (500, r#"{"message":"no","type":"internal_server_error"}"#, "unclear", Cause::ServerError),
        ] {
            let page = page(after(status, body));
            let (card, entry) = (page.id("verdict"), cause.entry());
            assert_eq!(card.attribute("data-verdict"), Some(verdict));
            assert_eq!(card.attribute("data-cause"), Some(entry.name));
            assert_eq!(card.attribute("data-simulated"), None);
            let heading = page.id("verdict-heading");
            assert_eq!((heading.name.as_str(), heading.text.as_str()), ("h2", entry.headline));
            assert_eq!(heading.attribute("tabindex"), Some("-1"), "the focus is moved here");
            assert!(card.text.contains(entry.meaning) && card.text.contains(entry.certainty.label()));
            let steps =
                page.elements.iter().filter(|e| e.name == "li" && e.within.iter().any(|name| name == "ol"));
            let for_the_page = entry.next.iter().filter(|step| step.is_for(Caller::Page));
            // The calculator, which needs no key, has a list of its own.
            let of_card = steps.filter(|step| step.attribute("class") != Some("estimate"));
            assert_eq!(of_card.count(), for_the_page.count());
            assert!(page.named("svg").all(|sign| sign.attribute("aria-hidden") == Some("true")));
        }
    }

    #[test]
    fn a_key_that_works_has_figures_strip_and_table() {
        let page = page(measured());
        assert_eq!(page.id("verdict").attribute("data-verdict"), Some("works"));
        assert_eq!(page.values("data-figure").collect::<Vec<_>>(), ["median", "first"]);
        assert_eq!(page.values("data-sample").count(), 5);
        assert_eq!(page.values("data-model").count(), 22);
        assert_eq!(page.id("models-count").text, "22 listed");
        assert_eq!(page.id("models-heading").attribute("tabindex"), Some("-1"), "the focus is moved here");
        assert!(page.elements.iter().all(|element| element.attribute("id") != Some("stop")));
    }

    #[test]
    fn the_table_is_one_for_screen_readers_too() {
        let page = page(measured());
        let scopes = |scope: &str| page.named("th").filter(|th| th.attribute("scope") == Some(scope)).count();
        assert_eq!((scopes("col"), scopes("row"), page.named("th").count()), (8, 22, 30));
        assert_eq!(page.named("tr").count(), 23);
        assert_eq!(page.values("aria-sort").count(), 0, "the order of families has no column at first");
        let boxes = page.named("input").filter(|tick| tick.attribute("type") == Some("checkbox"));
        let labels: Vec<_> = boxes.filter_map(|tick| tick.attribute("aria-label")).collect();
        assert_eq!(labels, page.values("data-model").collect::<Vec<_>>(), "each box has the model's name");
        let copies: Vec<_> = page.values("data-copy").collect();
        assert_eq!(copies, page.values("data-model").collect::<Vec<_>>());
        assert!(page.id("price-note").text.contains("Mistral’s pricing page"));
        assert!(page.html.contains("$0.15 / $0.60"));
    }

    #[test]
    fn filter_chip_and_order_show_in_the_table() {
        let mut talk = measured();
        talk.tell(Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Fim)))
            .tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Context)));
        talk.tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Context)));
        let chosen = page(talk);
        assert!(chosen.values("data-model").all(|model| model.contains("codestral")));
        assert_eq!(chosen.values("aria-sort").collect::<Vec<_>>(), ["descending"]);
        let pressed = |page: &Page| {
            let facets = page.elements.iter().filter(|chip| chip.attribute("data-facet").is_some());
            facets.filter(|chip| chip.attribute("aria-pressed") == Some("true")).count()
        };
        assert_eq!(pressed(&chosen), 1);
        assert!(chosen.id("models-count").text.ends_with("of 22 listed"));

        let mut talk = measured();
        talk.tell(Msg::Typed(TextField::Filter, "no such model".into()));
        let empty = page(talk);
        assert_eq!((empty.named("table").count(), pressed(&empty)), (0, 0));
        assert!(empty.html.contains("No model matches."));
    }

    #[test]
    fn a_copy_is_confirmed_on_its_button() {
        for (succeeded, word) in [(true, "Copied"), (false, "Not allowed")] {
            let mut talk = measured();
            talk.tell(Msg::CopyPressed(Copyable::ModelId, "codestral-2508".into()))
                .tell(Msg::CopyEnded { succeeded });
            let page = page(talk);
            let changed: Vec<_> = page
                .named("button")
                .filter(|b| b.attribute("data-copy").is_some() && b.text != "Copy")
                .collect();
            assert_eq!(changed.len(), 1);
            assert_eq!(
                (changed[0].text.as_str(), changed[0].attribute("data-copy")),
                (word, Some("codestral-2508"))
            );
        }
    }

    #[test]
    fn a_doubtful_key_can_be_sent_all_the_same() {
        let mut talk = Talk::new();
        talk.paste("YOUR_API_KEY").submit();
        let page = page(talk);
        assert_eq!(page.id("verdict").attribute("data-verdict"), Some("not-sent"));
        assert!(page.id("send-anyway").text.contains("Send it anyway"));
        assert!(page.values("id").all(|id| id != "raw"), "nothing was sent, so there is nothing raw");
    }

    #[test]
    fn raw_text_can_be_reached_and_scrolled_by_keyboard() {
        let mut talk = after(401, &format!(r#"{{"message":"Unknown key {KEY}"}}"#));
        talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
        let page = page(talk);
        let of_card = |pre: &&Element| pre.attribute("class") == Some("raw-text");
        let regions: Vec<_> = page.named("pre").filter(of_card).collect();
        assert_eq!(regions.len(), 2);
        for region in &regions {
            assert_eq!((region.attribute("tabindex"), region.attribute("role")), (Some("0"), Some("region")));
        }
        assert!(regions[1].text.contains("[key …ng42]"), "{}", regions[1].text);
    }

    #[test]
    fn everything_simulated_says_so() {
        for scenario in Scenario::ALL {
            let name = scenario.name();
            let page = page(demo(scenario));
            assert_eq!(page.id("verdict").attribute("data-simulated"), Some("true"), "{name}");
            assert!(page.id("live").text.starts_with("Simulated: "), "{name}");
            let listed = matches!(scenario, Scenario::Works | Scenario::FreePlan);
            assert_eq!(page.id("models-count").text.ends_with("listed"), listed, "{name}");
            let pressed = page.named("button").filter(|b| b.attribute("aria-pressed") == Some("true"));
            let pressed: Vec<_> = pressed.filter_map(|button| button.attribute("data-scenario")).collect();
            assert_eq!(pressed, [name]);
            assert_eq!(page.id("leave-demo").attribute("aria-label"), Some("Leave the demo"));
        }
        let real = page(measured()).html;
        assert!(!real.contains("Simulated") && !real.contains("nothing here is real"), "{real}");
    }

    #[test]
    fn words_of_a_server_are_text_and_never_markup() {
        let mut talk = after(400, r#"{"message":"<img src=x onerror=alert(1)><b>bold</b>"}"#);
        talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
        let page = page(talk);
        assert_eq!(page.named("img").count(), 0);
        assert!(page.named("b").all(|bold| bold.text != "bold"));
        assert!(page.id("verdict").text.contains("<img src=x onerror=alert(1)>"), "{}", page.html);
    }
}
