//! Connections that are slow, silent or left behind (L1, L4), and the end of the server.

use super::client::get;
use super::house::House;
use std::time::{Duration, Instant};

fn impatient() -> House {
    House::with(|_, door| {
        door.limits.head = Duration::from_millis(300);
        door.limits.body_idle = Duration::from_millis(300);
        door.limits.body_total = Duration::from_millis(900);
        door.limits.idle = Duration::from_millis(600);
        door.limits.write_idle = Duration::from_millis(300);
    })
}

#[test]
fn a_head_that_comes_byte_by_byte_is_given_up() {
    let house = impatient();
    let began = Instant::now();
    let mut client = house.client();
    for byte in get("/en/", "").bytes().take(25) {
        client.send([byte]);
        std::thread::sleep(Duration::from_millis(40));
    }
    assert!(client.is_ended());
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[test]
fn a_body_that_stops_or_trickles_is_given_up() {
    let house = impatient();
    let head =
        "POST /large HTTP/1.1\r\nHost: a\r\nOrigin: https://news.example\r\nContent-Length: 1000\r\n\r\n";
    for pause in [Duration::from_secs(2), Duration::from_millis(100)] {
        let began = Instant::now();
        let mut client = house.client();
        client.send(head);
        for _ in 0..(2000 / pause.as_millis()) {
            client.send("x");
            std::thread::sleep(pause);
        }
        assert!(client.is_ended(), "{pause:?}");
        assert!(began.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn silent_connections_are_closed_and_busy_ones_are_not() {
    let house = impatient();
    let mut busy = house.client();
    let mut silent = house.client();
    for client in [&mut busy, &mut silent] {
        assert_eq!(client.ask(&get("/en/", "")).status, 200);
    }
    for _ in 0..4 {
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(busy.ask(&get("/en/", "")).status, 200);
    }
    assert!(silent.is_ended());
    assert_eq!(
        busy.ask(&get("/waits", "")).text(),
        "waited",
        "a handler's own time is not the peer's"
    );
}

#[test]
fn a_peer_that_reads_nothing_is_given_up() {
    let house = impatient();
    house.client().ask(&get("/en/", ""));
    let mut client = house.client();
    let began = Instant::now();
    let request = get("/en/", "").repeat(100);
    let writer = std::thread::spawn(move || {
        for _ in 0..40 {
            client.send(&request);
        }
        client
    });
    std::thread::sleep(Duration::from_millis(1500));
    let mut client = writer.join().unwrap();
    assert!(client.is_ended());
    assert!(began.elapsed() < Duration::from_secs(6));
}

#[test]
fn stopping_finishes_what_is_under_way_and_sends_the_idle_home() {
    let mut house = House::open();
    let mut idle = house.client();
    assert_eq!(idle.ask(&get("/en/", "")).status, 200);
    let address = house.address;
    let mut busy = house.client();
    busy.send(get("/waits", ""));
    std::thread::sleep(Duration::from_millis(100));
    house.stop();
    assert!(idle.is_ended());
    assert_eq!(busy.answer(false).unwrap().text(), "waited");
    assert!(busy.is_ended());
    house.closed();
    assert!(std::net::TcpStream::connect(address).is_err());
}
