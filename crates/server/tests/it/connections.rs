//! The server behind a real socket, on the loopback: slow, long and broken requests.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::{Arc, mpsc},
    time::Duration,
};

use candour_server::{Options, Patience};

use crate::house::House;

/// Serves a house on a free port while something is done with it.
fn served(patience: Patience, work: impl FnOnce(SocketAddr)) {
    let house = House::make();
    let options = Options { patience, ..Options::default() };
    let desk = Arc::clone(&house.desk);
    let (told, address) = mpsc::channel();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let server = candour_server::bind(desk, "127.0.0.1:0".parse().unwrap(), options).await.unwrap();
            told.send(server.address()).unwrap();
            server.run_until(async { drop(stopped.await) }).await.unwrap();
        });
    });
    work(address.recv().unwrap());
    stop.send(()).unwrap();
    server.join().unwrap();
}

/// Sends bytes and reads until the server closes the connection.
fn exchange(address: SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // A server that has heard enough may close while more is being sent.
    drop(stream.write_all(sent));
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "the server holds on to the connection"),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn slow_and_long_requests_are_let_go() {
    let patience = Patience { head: Duration::from_millis(300), body: Duration::from_millis(300) };
    served(patience, |address| {
        let slow_head = exchange(address, b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        assert!(slow_head.is_empty() || slow_head.starts_with("HTTP/1.1 408"), "{slow_head}");
        let slow_body = exchange(
            address,
            b"POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"token\":",
        );
        assert!(slow_body.starts_with("HTTP/1.1 408"), "{slow_body}");
        let long_head = exchange(address, format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}\r\n\r\n", "x".repeat(200_000)).as_bytes());
        assert!(long_head.is_empty() || long_head.starts_with("HTTP/1.1 431"), "{long_head}");
        let long_body = format!(
            "POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n{}",
            "x".repeat(100)
        );
        let long_body = exchange(address, long_body.as_bytes());
        assert!(long_body.starts_with("HTTP/1.1 413"), "{long_body}");
        let both = exchange(address, b"POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert_eq!(both.matches("HTTP/1.1").count(), 1, "one request is one request: {both}");
        let whole = exchange(address, b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assert!(whole.starts_with("HTTP/1.1 200"), "{whole}");
    });
}
