//! What a module may answer, byte for byte, and what is made of everything else.

use crate::common::{PASSED, answer, checker, protocol, with_alloc};
use fullmarks_sandbox::{Answer, Stop, Tag};

/// A checker that answers `length` bytes at `address`.
fn answers(address: u32, length: u32) -> Result<Vec<u8>, Stop> {
    let packed = (u64::from(address) << 32 | u64::from(length)).cast_signed();
    answer(&checker("", &format!("(i64.const {packed})")))
}

#[test]
fn an_answer_must_lie_in_memory() {
    for (address, length, message) in [
        (65_536, 1, "an answer of 1 bytes at address 65536, outside its memory of 65536 bytes"),
        (65_530, 13, "an answer of 13 bytes at address 65530, outside its memory of 65536 bytes"),
        (0, 65_537, "an answer of 65537 bytes at address 0, outside its memory of 65536 bytes"),
        (u32::MAX, 0, "an answer of 0 bytes at address 4294967295, outside its memory of 65536 bytes"),
        // Address and length together overflow 32 bits.
        (u32::MAX, 2, "an answer of 2 bytes at address 4294967295, outside its memory of 65536 bytes"),
    ] {
        assert_eq!(answers(address, length), Err(protocol(message)));
    }
}

#[test]
fn an_answer_may_reach_the_edge() {
    assert_eq!(answers(65_523, 13), Ok(vec![0; 13]));
    assert_eq!(answers(65_535, 1), Ok(vec![0]));
    assert_eq!(answers(65_536, 0), Ok(Vec::new()));
    assert_eq!(answers(0, 65_536).map(|bytes| bytes.len()), Ok(65_536));
}

#[test]
fn an_answer_longer_than_the_limit_is_not_looked_at() {
    assert_eq!(answers(0, (16 << 20) + 1), Err(protocol("an answer of 16777217 bytes; 16777216 are the most")));
    assert_eq!(answers(0, u32::MAX), Err(protocol("an answer of 4294967295 bytes; 16777216 are the most")));
    // At the limit the memory decides.
    let outside = "an answer of 16777216 bytes at address 0, outside its memory of 65536 bytes";
    assert_eq!(answers(0, 16 << 20), Err(protocol(outside)));
}

#[test]
fn the_request_is_written_only_inside_memory() {
    // The request of these tests has 27 bytes.
    let allocates = |address: i64| answer(&with_alloc("", &format!("(i32.const {address})"), "(i64.const 13)"));
    let outside = Err(protocol("`alloc` gave 27 bytes outside its memory"));
    assert_eq!(allocates(65_536), outside);
    assert_eq!(allocates(65_510), outside);
    assert_eq!(allocates(-1), outside, "u32::MAX: address and length overflow 32 bits");
    assert_eq!(allocates(-27), outside, "the sum is 2^32 exactly");
    assert_eq!(allocates(65_509), Ok(PASSED.to_vec()), "the last place where it fits");
}

#[test]
fn address_zero_is_an_address_like_any_other() {
    // The request overwrites the verdict that stood there: the module's own business.
    let overwritten = b"\x04\0\0\0demo\x02\0\0\0{".to_vec();
    assert_eq!(answer(&with_alloc("", "(i32.const 0)", "(i64.const 13)")), Ok(overwritten));
}

#[test]
fn the_request_is_encoded_as_the_abi_says() {
    let echo = "(i64.or (i64.shl (i64.extend_i32_u (local.get $address)) (i64.const 32))
                        (i64.extend_i32_u (local.get $length)))";
    let expected = b"\x04\0\0\0demo\x02\0\0\0{}\0\0\0\0\x05\0\0\0hello".to_vec();
    assert_eq!(answer(&checker("", echo)), Ok(expected));
}

/// A verdict in bytes: tag, score, stated length of the public reason, and what follows.
fn bytes(tag: u8, score: f64, public_length: u32, reasons: &[u8]) -> Vec<u8> {
    [&[tag][..], &score.to_le_bytes(), &public_length.to_le_bytes(), reasons].concat()
}

#[test]
fn verdicts_are_decoded() {
    let read = |tag, score, public: &str, private: &str| {
        let answer = Answer::decode(&bytes(tag, score, public.len() as u32, [public, private].concat().as_bytes()));
        answer.map(|answer| (answer.tag, answer.score, answer.public, answer.private))
    };
    let owned = |tag, score, public: &str, private: &str| Ok((tag, score, public.to_owned(), private.to_owned()));
    assert_eq!(Answer::decode(&PASSED).map(|answer| (answer.tag, answer.score)), Ok((Tag::Passed, 1.0)));
    assert_eq!(read(0, 0.0, "no", ""), owned(Tag::Failed, 0.0, "no", ""));
    assert_eq!(read(0, 0.75, "größer", "as 4 > 3"), owned(Tag::Failed, 0.75, "größer", "as 4 > 3"));
    assert_eq!(read(2, 0.0, "no such language", ""), owned(Tag::Refused, 0.0, "no such language", ""));
}

#[test]
fn broken_verdicts_are_refused_with_the_reason() {
    let below_one = "which must be at least 0 and below 1";
    for (verdict, message) in [
        (vec![], "a verdict of 0 bytes has no tag".to_owned()),
        (vec![1], "a verdict of 1 bytes has no score".into()),
        (vec![1; 8], "a verdict of 8 bytes has no score".into()),
        (PASSED[..12].to_vec(), "a verdict of 12 bytes has no reason".into()),
        (bytes(3, 0.0, 0, b""), "a verdict of 13 bytes has the unknown tag 3".into()),
        (bytes(255, 0.0, 0, b""), "a verdict of 13 bytes has the unknown tag 255".into()),
        (bytes(0, f64::NAN, 0, b""), format!("a verdict of 13 bytes fails with the score NaN, {below_one}")),
        (bytes(0, 1.0, 0, b""), format!("a verdict of 13 bytes fails with the score 1, {below_one}")),
        (bytes(0, -0.25, 0, b""), format!("a verdict of 13 bytes fails with the score -0.25, {below_one}")),
        (bytes(0, f64::INFINITY, 0, b""), format!("a verdict of 13 bytes fails with the score inf, {below_one}")),
        (bytes(0, 0.5, 3, b"no"), "a verdict of 15 bytes ends inside its public reason".into()),
        (bytes(0, 0.5, u32::MAX, b"no"), "a verdict of 15 bytes ends inside its public reason".into()),
        (bytes(0, 0.5, 2, b"\xff\xfe"), "a verdict of 15 bytes has a public reason that is not UTF-8".into()),
        (bytes(0, 0.5, 2, b"no\xff"), "a verdict of 16 bytes has a private reason that is not UTF-8".into()),
        // The public reason ends inside a character that the private one completes.
        (bytes(0, 0.5, 1, "é".as_bytes()), "a verdict of 15 bytes has a public reason that is not UTF-8".into()),
    ] {
        assert_eq!(Answer::decode(&verdict), Err(Stop::Protocol(message)), "{verdict:?}");
    }
}

#[test]
fn long_reasons_are_cut_between_characters() {
    // 2,000 bytes are kept; the two-byte character in the way is dropped whole.
    let long = format!("{}é{}", "x".repeat(1999), "y".repeat(5000));
    let both = [long.as_bytes(), long.as_bytes()].concat();
    let answer = Answer::decode(&bytes(0, 0.0, long.len() as u32, &both)).expect("a verdict");
    assert_eq!((answer.public, answer.private), ("x".repeat(1999), "x".repeat(1999)));
}

#[test]
fn no_bytes_make_the_decoder_panic() {
    // A small generator of its own: the bytes are the same on every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    let mut read = 0;
    for round in 0..50_000 {
        let mut verdict: Vec<u8> = (0..round % 40).map(|_| next()).collect();
        // Most random tags and lengths are refused at once: let half the rounds come further.
        if round % 2 == 0 && verdict.len() >= 13 {
            verdict[0] %= 3;
            verdict[9..13].copy_from_slice(&u32::from(next() % 8).to_le_bytes());
        }
        match Answer::decode(&verdict) {
            Ok(answer) => {
                read += 1;
                assert!(answer.tag != Tag::Failed || (0.0..1.0).contains(&answer.score), "{answer:?}");
            }
            Err(Stop::Protocol(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert!(read > 100, "only {read} verdicts could be read: the generator is no use");
}
