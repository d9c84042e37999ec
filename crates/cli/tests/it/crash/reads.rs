//! A server that is killed while it answers: whatever answer a client holds is in the journal, and its receipt verifies.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Stdio},
    sync::mpsc::channel,
    time::Duration,
};

use serde_json::Value;

use crate::{
    chance::{Chance, rounds},
    client::{header, send},
    home::{Home, field, repository},
};

const CLIENTS: usize = 8;

/// At most so many answers come before the server is killed.
const MOST: u64 = 120;
/// And so much later.
const PAUSE: Duration = Duration::from_millis(5);

const QUESTIONS: [&str; 6] = [
    "/api/search?q=harbourton",
    "/api/search?q=quill&schema=Person",
    "/api/entities/9ccbb6e3d64be40d8aa536bd3ff7b5c79cac3ed9",
    "/api/entities/9ccbb6e3d64be40d8aa536bd3ff7b5c79cac3ed9/neighbours?depth=2",
    "/api/path?from=9ccbb6e3d64be40d8aa536bd3ff7b5c79cac3ed9&to=cd362841004c6594067696e3cf2109fd00134fd1",
    "/api/timeline?id=2a2dcae55f3862741631d2d0d41ea6b84d5befc3",
];

/// A server under way.
struct Server {
    child: Child,
    address: SocketAddr,
    token: String,
}

impl Server {
    fn start(home: &Home) -> Self {
        let mut child = home.command("nobody").args(["--json", "serve", "--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let address = ready["url"].as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap();
        let token = ready["sign_in"]["analyst"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        Self { child, address, token }
    }

    /// Signs in; gives the headers that a question needs.
    fn sign_in(&self) -> String {
        let reply = send(self.address, "POST", "/api/sign-in", "", &format!("{{\"token\": \"{}\"}}", self.token)).unwrap();
        assert_eq!(reply.status, 200, "{}", reply.head);
        let cookie = header(&reply.head, "set-cookie").unwrap().split(';').next().unwrap();
        format!("Cookie: {cookie}\r\nX-Candour-Request: 1\r\nX-Candour-Purpose: demo\r\n")
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Many ask at once until the server dies; gives every answer that came whole.
fn burst(home: &Home, chance: &mut Chance) -> Vec<Value> {
    let server = Server::start(home);
    let headers = server.sign_in();
    let address = server.address;
    let (tell, hear) = channel();
    let mut answers = Vec::new();
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (tell, headers) = (tell.clone(), &headers);
            scope.spawn(move || {
                for question in QUESTIONS.iter().cycle().skip(client) {
                    let Some(reply) = send(address, "GET", question, headers, "") else { return };
                    tell.send((reply.status, reply.body)).unwrap();
                }
            });
        }
        for _ in 0..chance.below(MOST) {
            answers.push(hear.recv().unwrap());
        }
        // Not in step with any answer.
        answers.extend(hear.recv_timeout(chance.moment(PAUSE)));
        server.kill();
    });
    answers.extend(hear.try_iter());
    let read = |(status, body): (u16, Vec<u8>)| {
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(status, 200, "{body}");
        body
    };
    answers.into_iter().map(read).collect()
}

#[test]
fn no_answer_without_its_entry_however_the_server_dies() {
    let home = Home::make();
    let depot = repository().join("examples/depot");
    let mapping = depot.join("mapping.yml");
    home.answer("analyst", &["import", depot.to_str().unwrap(), "--mapping", mapping.to_str().unwrap()]);
    let mut chance = Chance::new();
    let mut receipts: Vec<PathBuf> = Vec::new();
    let mut held = Vec::new();
    for round in 0..rounds() {
        for answer in burst(&home, &mut chance) {
            let receipt = answer["receipt"].clone();
            let name = format!("receipt-{}.json", receipts.len());
            home.write(&name, receipt.to_string());
            receipts.push(name.into());
            held.push(receipt);
        }
        let before = home.answer("overseer", &["ledger", "status"]);
        home.write(&format!("checkpoint-{round}"), before["checkpoint"].as_str().unwrap());
    }
    let journal = home.journal();
    for receipt in &held {
        let index = usize::try_from(receipt["index"].as_u64().unwrap()).unwrap();
        let entry = &journal[index];
        assert_eq!(entry["index"], receipt["index"]);
        for told in receipt["fields"].as_array().unwrap() {
            assert_eq!(Some(field(entry, told["name"].as_str().unwrap())), told["value"].as_str(), "{entry} and {receipt}");
        }
    }
    let mut indices: Vec<u64> = held.iter().map(|receipt| receipt["index"].as_u64().unwrap()).collect();
    indices.sort_unstable();
    indices.dedup();
    assert_eq!(indices.len(), held.len(), "two answers share an entry");
    let mut arguments: Vec<String> = receipts.iter().flat_map(|path| ["--receipt".to_owned(), path.display().to_string()]).collect();
    arguments.extend(["--since".to_owned(), "checkpoint-0".to_owned()]);
    let verified = home.verified(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    println!("{} bursts, {} answers; {verified}", rounds(), held.len());
}
