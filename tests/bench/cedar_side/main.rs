// The side of Cedar: one process, one thread, policies parsed once, entities and requests made
// ready, one round of measuring. Reads the request lines of `iamcheck_peer_side write` on standard input and asks the
// policies of three.cedar, whose path is the one argument.
use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request};
use serde_json::{json, Value};
use std::collections::BTreeMap;
use std::io::Read;
use std::time::{Duration, Instant};

const ROUND_TIME: Duration = Duration::from_millis(300);

fn uid(kind: &str, id: &str) -> Value {
    json!({"type": kind, "id": id})
}

// Everything that the request names, by type and id, each with what it belongs to.
fn add_entities(entities: &mut BTreeMap<(String, String), Value>, asked: &Value) {
    let mut add = |kind: &str, id: &str, attrs: Value, parents: Vec<Value>| {
        entities.insert(
            (kind.to_string(), id.to_string()),
            json!({"uid": uid(kind, id), "attrs": attrs, "parents": parents}),
        );
    };
    let (service, name) = asked["action"].as_str().unwrap().split_once(':').unwrap();
    let mut groups = vec![uid("Action", service)];
    for group in ["Get", "List"] {
        if service == "s3" && name.starts_with(group) {
            groups.push(uid("Action", group));
        }
        add("Action", group, json!({}), vec![]);
    }
    add("Action", service, json!({}), vec![]);
    add("Action", name, json!({}), groups);
    add("User", "alice", json!({}), vec![]);
    let resource = asked["resource"].as_str().unwrap();
    let Some(path) = resource.strip_prefix("arn:aws:s3:::") else {
        return add("Thing", resource, json!({}), vec![]);
    };
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    let mut attrs = json!({});
    if let Some((owner, _)) = key.strip_prefix("people/").and_then(|rest| rest.split_once('/')) {
        attrs["home"] = json!({"__entity": uid("User", owner)});
    }
    add("Bucket", bucket, json!({}), vec![]);
    if !key.is_empty() {
        add("Object", path, attrs, vec![uid("Bucket", bucket)]);
    }
}

fn named(kind: &str, id: &str) -> EntityUid {
    EntityUid::from_json(uid(kind, id)).unwrap()
}

fn request_of(asked: &Value) -> Request {
    let name = asked["action"].as_str().unwrap().split_once(':').unwrap().1;
    let resource = asked["resource"].as_str().unwrap();
    let resource = match resource.strip_prefix("arn:aws:s3:::") {
        None => named("Thing", resource),
        Some(path) => named(if path.contains('/') { "Object" } else { "Bucket" }, path),
    };
    let context = json!({
        "sourceIp": {"__extn": {"fn": "ip", "arg": asked["context"]["aws:SourceIp"]}},
        "secureTransport": asked["context"]["aws:SecureTransport"] == "true",
    });
    Request::new(
        named("User", asked["context"]["aws:username"].as_str().unwrap()),
        named("Action", name),
        resource,
        Context::from_json_value(context, None).unwrap(),
        None,
    )
    .unwrap()
}

fn main() {
    let path = std::env::args().nth(1).expect("expected the path of three.cedar");
    let policies: PolicySet = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).unwrap();
    let mut set = Value::Null;
    let mut entities = BTreeMap::new();
    let mut requests = Vec::new();
    for line in input.lines() {
        let asked: Value = serde_json::from_str(line).unwrap();
        if asked.get("identityPolicies").is_some() {
            set = asked["policySet"].clone();
            continue;
        }
        add_entities(&mut entities, &asked);
        requests.push(request_of(&asked));
    }
    let entities: Vec<Value> = entities.into_values().collect();
    let entities = Entities::from_json_value(Value::Array(entities), None).unwrap();
    let authorizer = Authorizer::new();
    let allows = |request: &Request| {
        authorizer.is_authorized(request, &policies, &entities).decision() == Decision::Allow
    };
    let decisions: Vec<&str> =
        requests.iter().map(|r| if allows(r) { "Allowed" } else { "Denied" }).collect();
    let start = Instant::now();
    let mut done = 0;
    let mut allowed = 0;
    while start.elapsed() < ROUND_TIME {
        allowed += requests.iter().filter(|r| allows(r)).count();
        done += requests.len();
    }
    assert!(allowed <= done); // keeps the loop
    let rate = done as f64 / start.elapsed().as_secs_f64();
    let rates = json!({"Authorizer::is_authorized": [rate]});
    println!("{}", json!({"set": set, "rates": rates, "decisions": decisions}));
}
