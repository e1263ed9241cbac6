pub(crate) fn test() -> Result<(), String> { Err("later".into()) }
