//! The account behind a simulated key: identity and the lists of its workspace. The people and things in them are invented.

use std::fmt::Write;

use super::random::Random;
use super::{Answer, answers};
use crate::core::json;
use crate::core::time::Span;

/// Something a GET leads to.
#[derive(Debug)]
pub(super) struct Resource {
    path: &'static str,
    content: Content,
    /// Whether a key of the free plan may read it.
    on_free_plan: bool,
}

/// The content of a resource.
#[derive(Debug)]
enum Content {
    /// One object, as JSON.
    Object(&'static str),
    /// A list: ids, each with the rest of its object, and the envelope around them.
    List(Envelope, &'static [(&'static str, &'static str)]),
}

/// The envelope of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Envelope {
    /// Not at all.
    Bare,
    /// With the number of all entries.
    Total,
    /// With the token that leads to the next page.
    Token,
    /// With pages that are counted.
    Pages,
}

const AGENTS: &[(&str, &str)] = &[
    (
        "ag_0199d1f0a1b27c3d8e4f5a6b7c8d9e0f",
        r#""object":"agent","name":"Release notes","description":"Writes what has changed.","model":"mistral-small-latest","version":1,"versions":[0,1],"created_at":"2026-09-14T08:30:00Z","updated_at":"2026-10-02T16:05:00Z","deployment_chat":false,"source":"api","instructions":null,"tools":[],"handoffs":null,"metadata":null}"#,
    ),
    (
        "ag_0199d1f0a1b27c3d8e4f5a6b7c8d9e10",
        r#""object":"agent","name":"Librarian","description":null,"model":"mistral-medium-latest","version":0,"versions":[0],"created_at":"2026-10-20T11:00:00Z","updated_at":"2026-10-20T11:00:00Z","deployment_chat":true,"source":"api","instructions":"Answer from the library alone.","tools":[],"handoffs":null,"metadata":null}"#,
    ),
];

const VOICES: &[(&str, &str)] = &[
    (
        "0199d1f0-5b1e-7a30-9c41-2f6d8e0a1b01",
        r#""name":"Ada","slug":"ada","languages":["en"],"gender":"female","age":null,"tags":["calm"],"color":null,"retention_notice":30,"type":"preset","created_at":"2026-03-23T09:00:00Z","user_id":null}"#,
    ),
    (
        "0199d1f0-5b1e-7a30-9c41-2f6d8e0a1b02",
        r#""name":"Blaise","slug":"blaise","languages":["fr","en"],"gender":"male","age":null,"tags":["lively"],"color":null,"retention_notice":30,"type":"preset","created_at":"2026-03-23T09:00:00Z","user_id":null}"#,
    ),
];

const RESOURCES: &[Resource] = &[
    object(
        "/v1/users/me",
        r#"{"id":"0199d1f0-0000-7000-8000-00000000da7a","email":"demo@example.com","first_name":"Demo","last_name":"Person","workspace":{"id":"0199d1f0-0000-7000-8000-000000000001","name":"Demo workspace"},"organization":{"id":"0199d1f0-0000-7000-8000-000000000002","name":"Example Org"},"api_key":{"id":"0199d1f0-0000-7000-8000-000000000003","name":"demo key"}}"#,
    ),
    object(
        "/v1/whoami",
        r#"{"principal":{"principal_type":"user","id":"0199d1f0-0000-7000-8000-00000000da7a","email":"demo@example.com","first_name":"Demo","last_name":"Person"},"organization":{"id":"0199d1f0-0000-7000-8000-000000000002","name":"Example Org","internal":false,"kind":"S"},"workspace":{"id":"0199d1f0-0000-7000-8000-000000000001","name":"Demo workspace"}}"#,
    ),
    list(
        "/v1/files",
        Envelope::Total,
        &[
            (
                "0199d1f0-1111-7000-8000-000000000001",
                r#""object":"file","bytes":2048,"created_at":1790841600,"filename":"questions.jsonl","purpose":"batch","sample_type":"batch_request","source":"upload","num_lines":12,"mimetype":"application/jsonl","signature":null,"expires_at":null,"visibility":"workspace"}"#,
            ),
            (
                "0199d1f0-1111-7000-8000-000000000002",
                r#""object":"file","bytes":5120,"created_at":1790846000,"filename":"answers.jsonl","purpose":"batch","sample_type":"batch_result","source":"mistral","num_lines":12,"mimetype":"application/jsonl","signature":null,"expires_at":null,"visibility":"workspace"}"#,
            ),
        ],
    ),
    list(
        "/v1/batch/jobs",
        Envelope::Total,
        &[(
            "0199d1f0-2222-7000-8000-000000000001",
            r#""object":"batch","input_files":["0199d1f0-1111-7000-8000-000000000001"],"metadata":null,"endpoint":"/v1/chat/completions","model":"mistral-small-latest","agent_id":null,"output_file":"0199d1f0-1111-7000-8000-000000000002","error_file":null,"errors":[],"outputs":null,"status":"SUCCESS","created_at":1790845200,"total_requests":12,"completed_requests":12,"succeeded_requests":12,"failed_requests":0,"started_at":1790845260,"completed_at":1790846000}"#,
        )],
    ),
    list("/v1/agents/pages", Envelope::Token, AGENTS),
    list("/v1/agents", Envelope::Bare, AGENTS),
    list(
        "/v1/conversations",
        Envelope::Bare,
        &[(
            "conv_0199d1f0a1b27c3d8e4f5a6b7c8d9e20",
            r#""object":"conversation","name":null,"description":null,"model":"mistral-small-latest","created_at":"2026-11-02T10:15:00Z","updated_at":"2026-11-02T10:16:00Z","instructions":null,"tools":[],"metadata":null}"#,
        )],
    ),
    Resource {
        on_free_plan: false,
        ..list(
            "/v1/libraries",
            Envelope::Token,
            &[(
                "0199d1f0-3333-7000-8000-000000000001",
                r#""name":"Handbooks","created_at":"2026-10-19T13:00:00Z","updated_at":"2026-10-21T09:40:00Z","owner_id":"0199d1f0-0000-7000-8000-00000000da7a","owner_type":"User","total_size":51200,"nb_documents":1,"chunk_size":null,"description":"Manuals to answer from."}"#,
            )],
        )
    },
    list("/v1/audio/voices", Envelope::Pages, VOICES),
];

const fn object(path: &'static str, json: &'static str) -> Resource {
    Resource { path, content: Content::Object(json), on_free_plan: true }
}

const fn list(
    path: &'static str,
    envelope: Envelope,
    entries: &'static [(&'static str, &'static str)],
) -> Resource {
    Resource { path, content: Content::List(envelope, entries), on_free_plan: true }
}

/// Returns the resource at `path`.
pub(super) fn resource(path: &str) -> Option<&'static Resource> {
    RESOURCES.iter().find(|resource| resource.path == path)
}

/// Whether there is a voice of that id.
pub(super) fn has_voice(id: &str) -> bool {
    VOICES.iter().any(|(known, _)| *known == id)
}

impl Resource {
    /// 200 with as much of it as `query` asks for, or 403 for a plan that does not include it.
    pub(super) fn answer(&self, free_plan: bool, query: &str, random: &mut Random) -> Answer {
        if free_plan && !self.on_free_plan {
            return answers::refusal(403, String::new());
        }
        let body = match self.content {
            Content::Object(object) => object.to_owned(),
            Content::List(envelope, entries) => page(envelope, entries, page_size(query)),
        };
        answers::reply(200, body, Span::from_micros(random.between(8_000, 30_000)))
    }
}

/// Returns the number of entries asked for. Lists call it `page_size`, the voices `limit`.
fn page_size(query: &str) -> usize {
    let fields = query.split('&').filter_map(|field| field.split_once('='));
    let size = fields
        .filter(|(name, _)| matches!(*name, "page_size" | "limit"))
        .find_map(|(_, value)| value.parse().ok());
    size.filter(|size| *size > 0).unwrap_or(10)
}

/// The first page of a list.
fn page(envelope: Envelope, entries: &[(&str, &str)], size: usize) -> String {
    let mut out = String::from(match envelope {
        Envelope::Bare => "[",
        Envelope::Total | Envelope::Token => "{\"object\":\"list\",\"data\":[",
        Envelope::Pages => "{\"items\":[",
    });
    for (id, rest) in entries.iter().take(size) {
        json::comma(&mut out);
        out.push_str("{\"id\":");
        json::text(&mut out, id);
        out.push(',');
        out.push_str(rest);
    }
    out.push(']');
    let total = entries.len();
    match envelope {
        Envelope::Bare => return out,
        Envelope::Total => {
            let _ = write!(out, ",\"total\":{total}");
        }
        Envelope::Token => {
            out.push_str(",\"next_page_token\":");
            json::text_or_null(&mut out, (size < total).then_some("cGFnZTI"));
        }
        Envelope::Pages => {
            let pages = total.div_ceil(size);
            let _ = write!(out, ",\"total\":{total},\"page\":1,\"page_size\":{size},\"total_pages\":{pages}");
        }
    }
    out.push('}');
    out
}
