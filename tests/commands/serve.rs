//! `fullmarks serve`: what it answers, what it refuses and how, and that it stops without losing a request.

use crate::{
    common::{BIRDS_SPEC, Folder, TERSE, birds_prompts, checker, module_spec, sha256, wasm},
    http::{self, Server, post},
};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

fn terse() -> Folder {
    Folder::new().with("terse.yaml", TERSE)
}

fn birds() -> Folder {
    let spec = BIRDS_SPEC.replace("constraints:", "prompts: {file: prompts.jsonl}\nconstraints:");
    terse().with("birds.yaml", spec).with("prompts.jsonl", birds_prompts())
}

#[test]
fn it_scores_as_the_command_line_does() {
    let folder = birds();
    let server = Server::start(&folder, "birds.yaml terse.yaml");
    let completions = ["Eule, ein Vogel", "Vogel Eule 7", ""];
    let answer = server
        .post("/v1/score", &json!({"task": "birds", "completions": completions, "ids": ["Eule?", "Eule?", "鶴?"]}));
    assert_eq!(answer.status, 200, "{answer:?}");
    folder.write(
        "r.jsonl",
        completions
            .iter()
            .zip(["Eule?", "Eule?", "鶴?"])
            .map(|(completion, id)| format!("{}\n", json!({"id": id, "completion": completion})))
            .collect::<String>(),
    );
    let lines = folder.run("score birds.yaml --rollouts r.jsonl --quiet").fine().lines();
    let body = answer.json();
    assert_eq!(body["rollouts"], Value::Array(lines));
    assert_eq!((&body["fullmarks"], &body["version"], &body["task"]), (&json!("scores"), &json!(1), &json!("birds")));
    // Rows in place of ids, and several forms of a prompt.
    let row = json!({"completions": ["A gull", [{"role": "assistant", "content": "Gull"}]], "task": "birds",
        "prompts": ["Which?", [{"role": "user", "content": "Which?"}]], "columns": {"words": [["gull"], ["Gull"]]}});
    let rewards: Vec<_> = server.post("/v1/score", &row).json()["rollouts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["reward"].clone())
        .collect();
    assert_eq!(rewards, [json!(1.0), json!(1.0)]);
}

/// A trainer that asks for one completion at a time is refused what that cannot give, instead of a wrong number.
#[test]
fn trainers_are_refused_what_they_do_not_give() {
    for (reward, why) in [
        ("{scheme: adaptive}", "may have the completions of a step judged apart"),
        ("{scheme: difficulty}", "has one completion judged at a time"),
        ("{scheme: annealed}", "does not say where training is"),
        (
            "{scheme: binary, penalty: {overlong: {max: 6, at_most: 0.5}}}",
            "does not say how many tokens a completion has",
        ),
        ("{scheme: binary, advantage: {by: decoupled}}", "takes rewards and makes advantages of them itself"),
    ] {
        let folder = Folder::new().with("spec.yaml", TERSE.replace("{scheme: binary}", reward));
        let server = Server::start(&folder, "spec.yaml");
        let verify = json!({"id": "p", "response": {"output": []}, "responses_create_params": {"input": "Hi"}});
        let query = json!({"query": ["Hi you"], "prompts": ["Hi"], "labels": [{"id": "p"}]});
        for (path, trainer, body) in [("/openrlhf", "OpenRLHF", query), ("/verify", "NeMo Gym", verify)] {
            let answer = server.post(path, &body);
            assert_eq!(answer.status, 400, "{answer:?}");
            let message = answer.json()["error"]["message"].as_str().unwrap().to_owned();
            assert!(message.starts_with(&format!("terse: {trainer} {why}")), "{message}");
        }
    }
}

/// Rewards that look at groups, lengths and the progress of training get what they look at, and say what they lack.
#[test]
fn rewards_get_what_they_look_at() {
    let spec = |name: &str, reward: &str| {
        TERSE.replace("name: terse", &format!("name: {name}")).replace("{scheme: binary}", reward)
    };
    let penalty = "{scheme: binary, penalty: {overlong: {max: 6, soft: 4, at_most: 0.5}}}";
    let folder = Folder::new()
        .with("annealed.yaml", spec("annealed", "{scheme: annealed, credit: 1, to: 0}"))
        .with("penalised.yaml", spec("penalised", penalty))
        .with("grouped.yaml", spec("grouped", "{scheme: binary, advantage: {by: decoupled}}"));
    let server = Server::start(&folder, "annealed.yaml penalised.yaml grouped.yaml");
    let ask = |body: Value| server.post("/v1/score", &body);
    let message = |body: Value| {
        let answer = ask(body);
        assert_eq!(answer.status, 400, "{answer:?}");
        answer.json()["error"]["message"].as_str().unwrap().to_owned()
    };
    let rollouts = |body: Value| ask(body).json()["rollouts"].as_array().unwrap().clone();
    let texts = json!(["a", "a b c d e f"]);
    assert_eq!(
        message(json!({"task": "annealed", "completions": texts})),
        "the scheme `annealed` has to know where training is: give `progress`, from 0 to 1"
    );
    assert_eq!(rollouts(json!({"task": "annealed", "completions": texts, "progress": 0.5}))[0]["reward"], 1.0);
    let lines = rollouts(json!({"task": "penalised", "completions": ["a", "b"], "tokens": [4, [1, 2]]}));
    assert_eq!((&lines[0]["reward"], &lines[1]["reward"]), (&json!(0.75), &json!(1.0)));
    assert_eq!(lines[0]["parts"]["unit"], "tokens");
    assert_eq!(
        message(json!({"task": "grouped", "completions": texts})),
        "`decoupled` compares the completions of a prompt: give `ids`, for each that of its prompt"
    );
    // Ids in the rows' own column: floats of a table are whole numbers, and one that is none is no group of its own.
    let in_rows = |ids: Value| json!({"task": "grouped", "completions": texts, "columns": {"id": ids}});
    assert!(message(in_rows(json!([1, null]))).ends_with("an id is text or a whole number, not null"));
    assert!(rollouts(in_rows(json!([1.0, 1])))[0]["advantage"]["value"].as_f64().unwrap() > 0.0);
    let lines = rollouts(json!({"task": "grouped", "completions": texts, "ids": ["p", "p"]}));
    let [up, down] = [0, 1].map(|place| lines[place]["advantage"]["value"].as_f64().unwrap());
    assert!(up > 0.0 && (up + down).abs() < 1e-12, "{up} {down}");
}

#[test]
fn mistakes_are_named_with_their_status() {
    let folder = birds();
    let server = Server::start(&folder, "birds.yaml terse.yaml --max-batch 3 --max-body 2KB");
    for (body, status, code, message) in [
        ("", 400, "bad-request", "the body is not what it should be: EOF"),
        ("{\"completions\": [NaN]}", 400, "bad-request", "expected value at line 1 column 18"),
        ("[1]", 400, "bad-request", "the body is not what it should be"),
        (
            "{\"task\": \"terse\", \"completion\": []}",
            400,
            "bad-request",
            "unknown field `completion`, expected one of",
        ),
        ("{\"task\": \"terse\"}", 400, "bad-request", "missing field `completions`"),
        ("{\"completions\": []}", 400, "bad-request", "say which task: this server has `birds`, `terse`"),
        (
            "{\"task\": \"bird\", \"completions\": []}",
            404,
            "no-such-task",
            "there is no task `bird`; this server has `birds`, `terse`",
        ),
        (
            "{\"task\": \"terse\", \"completions\": [3]}",
            400,
            "bad-request",
            "completion 0: a completion is a string or a list of messages",
        ),
        (
            "{\"task\": \"terse\", \"completions\": [\"a\"], \"ids\": []}",
            400,
            "bad-request",
            "`ids` has 0 entries for 1 completions",
        ),
        ("{\"task\": \"birds\", \"completions\": [\"a\"]}", 400, "bad-request", "the task has several prompts"),
        (
            "{\"task\": \"birds\", \"completions\": [\"a\"], \"ids\": [\"auk\"]}",
            400,
            "bad-request",
            "there is no prompt with the id `auk`",
        ),
        (
            "{\"task\": \"birds\", \"completions\": [\"a\"], \"columns\": {\"words\": 3}}",
            400,
            "bad-request",
            "`columns.words` must be a list",
        ),
        (
            "{\"task\": \"terse\", \"completions\": [\"a\",\"b\",\"c\",\"d\"]}",
            413,
            "batch-too-large",
            "4 completions are more than the 3",
        ),
    ] {
        let answer = server.post_text("/v1/score", body);
        let said = answer.json();
        assert_eq!((answer.status, &said["error"]["code"]), (status, &json!(code)), "{body}: {said}");
        assert!(said["error"]["message"].as_str().unwrap().contains(message), "{body}: {said}");
    }
    let large = json!({"task": "terse", "completions": ["x".repeat(3000)]});
    assert_eq!(
        (server.post("/v1/score", &large).status, server.post("/v1/score", &large).code()),
        (413, "body-too-large".into())
    );
    // A body whose length is not announced.
    let chunk = "x".repeat(1000);
    let chunks: String = (0..4).map(|_| format!("3e8\r\n{chunk}\r\n")).collect();
    let sent = format!("POST /v1/score HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n");
    assert_eq!(http::exchange(&server.address, sent.as_bytes()).status, 413);
    assert_eq!(server.get("/nowhere").code(), "no-such-path");
    let answer = server.get("/v1/score");
    assert_eq!(
        (answer.status, answer.code(), answer.header("allow")),
        (405, "no-such-method".into(), Some("POST".into()))
    );
    let form = post("/v1/score", "a=b").replace("application/json", "application/x-www-form-urlencoded");
    assert_eq!(http::exchange(&server.address, form.as_bytes()).status, 415);
}

#[test]
fn a_token_keeps_others_out() {
    let folder = terse().with("token", "0123456789abcdef\n");
    let server = Server::start(&folder, "terse.yaml --token-file token");
    let body = json!({"completions": ["a"]}).to_string();
    let with = |header: &str| {
        let request = post("/v1/score", &body).replacen("\r\n", &format!("\r\n{header}"), 1);
        http::exchange(&server.address, request.as_bytes())
    };
    assert_eq!(with("Authorization: Bearer 0123456789abcdef\r\n").status, 200);
    assert_eq!(with("authorization: bearer 0123456789abcdef\r\n").status, 200);
    for wrong in [
        "",
        "Authorization: Bearer 0123456789abcdeg\r\n",
        "Authorization: Basic 0123456789abcdef\r\n",
        "Authorization: Bearer\r\n",
    ] {
        let answer = with(wrong);
        assert_eq!(
            (answer.status, answer.code(), answer.header("www-authenticate")),
            (401, "unauthorized".into(), Some("Bearer".into())),
            "{wrong}"
        );
    }
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!((server.get("/metrics").status, server.get("/openapi.json").status), (401, 401));
}

#[test]
fn it_does_not_listen_to_the_world_without_a_token() {
    let folder = terse().with("twice.yaml", TERSE).with("short", "abc").with("space", "0123456789 abcdef");
    for (words, message) in [
        (
            "terse.yaml --listen 0.0.0.0:0",
            "0.0.0.0:0 is reached from other machines: give a token by --token-file or FULLMARKS_TOKEN, or say --allow-anyone",
        ),
        (
            "terse.yaml --token-file short",
            "short: the token has fewer than 16 characters: make one with `openssl rand -hex 32`",
        ),
        ("terse.yaml --token-file space", "space: the token must be visible ASCII without spaces"),
        ("terse.yaml --token-file none", "none: No such file or directory"),
        ("terse.yaml twice.yaml", "two of the specs are called `terse`: give each a name of its own"),
        ("terse.yaml twice.yaml --prompts p", "--prompts is for a single spec: name prompts in the specs"),
        ("none.yaml", "none.yaml: No such file or directory"),
        ("terse.yaml --listen 192.0.2.1:1 --allow-anyone", "cannot listen on 192.0.2.1:1: "),
    ] {
        let run = folder.run(&format!("serve {words}"));
        assert!(run.code == Some(2) && run.stderr.contains(&format!("error: {message}")), "{words}: {run:?}");
    }
}

/// A checker that breaks on texts that end in `!`.
fn faulty() -> Folder {
    let last = "(i32.load8_u (i32.sub (i32.add (local.get $address) (local.get $length)) (i32.const 1)))";
    let check = format!("(if (i32.eq {last} (i32.const 33)) (then unreachable)) (i64.const 13)");
    let wasm = wasm(&checker("acme.faulty", &check));
    Folder::new().with("spec.yaml", module_spec("acme.faulty", &sha256(&wasm))).with("checker.wasm", wasm)
}

#[test]
fn our_failure_is_null_or_an_error_and_never_zero() {
    let folder = faulty();
    let server = Server::start(&folder, "spec.yaml");
    let answer = server.post("/v1/score", &json!({"completions": ["fine", "broken!"]}));
    let rewards =
        answer.json()["rollouts"].as_array().unwrap().iter().map(|line| line["reward"].clone()).collect::<Vec<_>>();
    assert_eq!(rewards, [json!(1.0), Value::Null]);
    let ask = |text: &str| json!({"query": [format!("Hi{text}")], "prompts": ["Hi"], "labels": [null]});
    assert_eq!(server.post("/openrlhf", &ask("fine")).json()["rewards"], json!([1.0]));
    let three =
        json!({"query": ["Hifine", "Hibroken!", "Hi"], "prompts": ["Hi", "Hi", "Hi"], "labels": [null, null, null]});
    let answer = server.post("/openrlhf", &three).json();
    assert_eq!((&answer["rewards"], &answer["scores"]), (&json!([1.0, null, 0.0]), &json!([1.0, null, 0.0])));
    assert_eq!(answer["extra_logs"]["constraints_unscored"], json!([0.0, 1.0, 0.0]));
    let answer = server.post("/openrlhf", &ask("broken!"));
    assert_eq!((answer.status, answer.code()), (503, "unscored".into()));
    assert!(
        answer.json()["error"]["message"].as_str().unwrap().contains("0 would blame it: checker-trapped"),
        "{answer:?}"
    );
    let metrics = server.get("/metrics").body;
    for line in [
        "fullmarks_completions_total{task=\"third-party\"} 7",
        "fullmarks_full_completions_total{task=\"third-party\"} 3",
        "fullmarks_unscored_verdicts_total{task=\"third-party\",constraint=\"acme.faulty\"} 3",
        "fullmarks_requests_total{path=\"/openrlhf\",status=\"503\"} 1",
        "fullmarks_requests_running 0",
    ] {
        assert!(metrics.contains(line), "{line}\n{metrics}");
    }
}

/// A checker that takes a while, by counting.
fn slow(count: u64) -> Folder {
    let check = format!(
        "(local $n i64) (loop $more (local.set $n (i64.add (local.get $n) (i64.const 1)))
           (br_if $more (i64.lt_u (local.get $n) (i64.const {count})))) (i64.const 13)"
    );
    let wasm = wasm(&checker("acme.slow", &check));
    let spec = module_spec("acme.slow", &sha256(&wasm))
        .replace("{check: acme.slow}", "{check: acme.slow, limits: {time: 100s}}");
    Folder::new().with("spec.yaml", spec).with("checker.wasm", wasm)
}

#[test]
fn too_many_requests_are_told_so() {
    let folder = slow(400_000_000);
    let server = Server::start(&folder, "spec.yaml --max-running 1 --max-waiting 1 --max-wait 50ms");
    let body = json!({"completions": ["a"]});
    let codes: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| server.post("/v1/score", &body))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let count = |status| codes.iter().filter(|answer| answer.status == status).count();
    assert_eq!(count(200) + count(429) + count(503), 8, "{codes:?}");
    assert!(count(200) >= 1 && count(429) >= 1, "{codes:?}");
    for answer in codes.iter().filter(|answer| answer.status != 200) {
        assert!(["too-many-requests", "busy"].contains(&answer.code().as_str()), "{answer:?}");
        assert_eq!(answer.header("retry-after"), Some("1".into()));
    }
    assert_eq!(server.post("/v1/score", &body).status, 200);
}

/// Neither a head nor a body that never ends holds a connection for ever.
#[test]
fn who_dawdles_is_shown_out() {
    let folder = terse();
    let server = Server::start(&folder, "terse.yaml --read-timeout 200ms");
    let mut head = TcpStream::connect(&server.address).unwrap();
    head.write_all(b"POST /v1/score HTTP/1.1\r\nHost: x\r\n").unwrap();
    let mut body = TcpStream::connect(&server.address).unwrap();
    body.write_all(b"POST /v1/score HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{").unwrap();
    assert_eq!(http::read(&mut body).status, 408);
    let mut rest = Vec::new();
    // Closed, with or without a word.
    let _ = head.read_to_end(&mut rest);
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&rest));
}

/// Clients that keep their connections and ask again and again: whatever they have sent is answered.
#[test]
fn a_stop_in_mid_load_loses_no_request() {
    let folder = slow(20_000_000);
    let mut server = Server::start(&folder, "spec.yaml");
    let body = json!({"completions": ["a", "b"]}).to_string();
    let answered = AtomicUsize::new(0);
    let endings: Vec<_> = thread::scope(|scope| {
        let ask_on = || {
            let mut stream = TcpStream::connect(&server.address).expect("it listens");
            loop {
                stream.write_all(post("/v1/score", &body).as_bytes()).map_err(|error| error.to_string())?;
                let answer = http::try_read(&mut stream).ok_or("no answer")?;
                answered.fetch_add(1, Ordering::Relaxed);
                match (answer.status, answer.header("connection").as_deref()) {
                    (200, Some("close")) => return Ok(()),
                    (200, _) => {}
                    _ => return Err(format!("{answer:?}")),
                }
            }
        };
        let clients: Vec<_> = (0..16).map(|_| scope.spawn(ask_on)).collect();
        while answered.load(Ordering::Relaxed) < 50 {
            thread::sleep(Duration::from_millis(5));
        }
        server.terminate();
        clients.into_iter().map(|client| client.join().expect("no panic")).collect()
    });
    assert_eq!(endings, vec![Ok::<(), String>(()); 16]);
    assert_eq!(server.wait(), Some(0));
}

/// Requests that were sent and wait for their turn when the signal comes.
#[test]
fn a_stop_answers_who_waits() {
    let folder = slow(20_000_000);
    let mut server = Server::start(&folder, "spec.yaml --max-running 1");
    let request = post("/v1/score", &json!({"completions": ["a"]}).to_string());
    let mut streams: Vec<_> = (0..40)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).expect("it listens");
            stream.write_all(request.as_bytes()).expect("sent");
            stream
        })
        .collect();
    server.terminate();
    for stream in &mut streams {
        assert_eq!(http::read(stream).status, 200);
    }
    assert_eq!(server.wait(), Some(0));
}
