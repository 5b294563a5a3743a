//! Moderation and document reading.

use std::collections::BTreeSet;

use serde_json::json;

use super::{MODERATIONS, OCR, picture, sent};

#[test]
fn moderation_scores_each_text_and_finds_nothing() {
    let request = json!({"model": "mistral-moderation-2603", "input": ["Hello.", "Goodbye."]});
    let (status, answer) = sent(MODERATIONS, &request);
    let results = answer["results"].as_array().expect("results");
    assert_eq!((status, results.len()), (200, 2));
    for result in results {
        let categories = result["categories"].as_object().expect("categories");
        let scores = result["category_scores"].as_object().expect("scores");
        assert_eq!(categories.keys().collect::<BTreeSet<_>>(), scores.keys().collect());
        assert_eq!(categories.len(), 11);
        assert!(categories.values().all(|found| *found == false));
        assert!(scores.values().all(|score| score.as_f64().is_some_and(|score| score > 0.0 && score < 0.01)));
    }
    assert_ne!(results[0], results[1]);
    let usage = &answer["usage"];
    assert_eq!((&usage["completion_tokens"], &usage["total_tokens"]), (&json!(0), &usage["prompt_tokens"]));
    let one = json!({"model": "mistral-moderation-2603", "input": "Hello."});
    assert_eq!(sent(MODERATIONS, &one).1["results"][0], results[0]);

    for (request, status) in [
        (json!({"model": "mistral-small-latest", "input": "x"}), 400),
        (json!({"model": "mistral-moderation-2603"}), 422),
        (json!({"model": "mistral-moderation-2603", "input": [1]}), 422),
        (json!({"model": "mistral-moderation-2603", "input": "x", "stream": true}), 422),
    ] {
        assert_eq!(sent(MODERATIONS, &request).0, status, "{request}");
    }
}

#[test]
fn a_document_is_read_from_the_comment_of_its_picture() {
    let url = picture([255, 255, 255], "# Invoice 42");
    let document = json!({"type": "image_url", "image_url": url});
    let request = json!({"model": "mistral-ocr-latest", "document": document, "pages": [0], "include_image_base64": false});
    let (status, answer) = sent(OCR, &request);
    assert_eq!(status, 200, "{answer}");
    let page = &answer["pages"][0];
    assert_eq!((&page["index"], &page["markdown"]), (&json!(0), &json!("# Invoice 42")));
    assert_eq!(page["dimensions"], json!({"dpi": 200, "height": 64, "width": 256}));
    let size = url.split_once(',').map(|(_, text)| text.trim_end_matches('=').len() * 3 / 4);
    assert_eq!(answer["usage_info"], json!({"pages_processed": 1, "doc_size_bytes": size}));
    assert_eq!(answer["model"], "mistral-ocr-latest");

    let silent = json!({"type": "image_url", "image_url": "data:image/png;base64,iVBORw0KGgo="});
    let web = json!({"type": "document_url", "document_url": "https://example.com/a.pdf"});
    for (model, document, status) in [
        ("mistral-ocr-2512", silent, 200),
        ("mistral-small-latest", document, 400),
        ("mistral-ocr-latest", web, 400),
        ("mistral-ocr-latest", json!({"type": "image_url"}), 422),
        ("mistral-ocr-latest", json!(null), 422),
    ] {
        assert_eq!(sent(OCR, &json!({"model": model, "document": document})).0, status, "{model} {document}");
    }
    assert_eq!(sent(OCR, &json!({"model": "mistral-ocr-latest"})).1["detail"][0]["type"], "missing");
}
