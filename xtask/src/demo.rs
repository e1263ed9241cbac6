pub(crate) fn demo() -> Result<(), String> { Err("later".into()) }
