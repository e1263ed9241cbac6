//! An output file that is either whole, or can be continued.
//!
//! Lines go to `FILE.part`; the finished file takes its name in one step. `FILE.part.json` says what the run was, so that
//! only the same run can continue it.

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// A file being written.
pub struct PartFile {
    target: PathBuf,
    part: PathBuf,
    writer: BufWriter<File>,
}

/// The lines an earlier run has written.
pub type EarlierLines = io::Lines<BufReader<io::Take<File>>>;

/// Why writing cannot begin.
#[derive(Debug)]
#[non_exhaustive]
pub enum PartError {
    /// An unfinished run is there, and it was not said what to do with it.
    Unfinished(PathBuf),
    /// The unfinished run is of other inputs.
    OtherRun(PathBuf),
    /// Another process is writing it.
    Busy(PathBuf),
    /// The file system refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfinished(part) => write!(
                f,
                "{} is the unfinished output of an earlier run: continue it with --resume, or delete it",
                part.display()
            ),
            Self::OtherRun(part) => write!(
                f,
                "{} was begun with another spec, other prompts, rollouts or options, so it cannot be continued: give the \
                 same ones, or delete it and start again",
                part.display()
            ),
            Self::Busy(part) => write!(f, "{} is being written by another process", part.display()),
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for PartError {}

impl PartFile {
    /// Begins `target`, or with `resume` continues it where it was left. `identity` is the text that says what the run
    /// is. A line cut short by the end of the earlier run is dropped; the whole ones can be read again.
    ///
    /// # Errors
    /// [`PartError`]; no line is lost then.
    pub fn begin(target: &Path, identity: &str, resume: bool) -> Result<(Self, EarlierLines), PartError> {
        // Behind a symbolic link, the file itself is replaced and the link stays.
        let followed = if target.is_symlink() { target.canonicalize().ok() } else { None };
        let target = followed.as_deref().unwrap_or(target);
        let part = with_suffix(target, ".part");
        let note = with_suffix(target, ".part.json");
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| PartError::Io(path, error)
        };
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if target.is_dir() {
            return Err(PartError::Io(target.to_owned(), io::Error::other("it is a folder; name a file in it")));
        }
        if target.exists() && !target.is_file() {
            let why = "it is no ordinary file; without --out the lines go to standard output";
            return Err(PartError::Io(target.to_owned(), io::Error::other(why)));
        }
        if !folder.is_dir() {
            return Err(PartError::Io(folder.to_owned(), io::Error::other("there is no such folder")));
        }
        let exists = part.exists();
        if exists && resume && !note.exists() {
            return Err(PartError::OtherRun(part));
        }
        if exists && !resume {
            return Err(PartError::Unfinished(part));
        }
        if exists && fs::read_to_string(&note).map_err(at(&note))? != identity {
            return Err(PartError::OtherRun(part));
        }
        if !exists {
            fs::write(&note, identity).map_err(at(&note))?;
        }
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&part).map_err(at(&part))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PartError::Busy(part)),
            Err(TryLockError::Error(error)) => return Err(PartError::Io(part, error)),
        }
        let whole = whole_lines(&mut file).map_err(at(&part))?;
        file.set_len(whole).map_err(at(&part))?;
        let earlier = BufReader::new(File::open(&part).map_err(at(&part))?.take(whole)).lines();
        let writer = BufWriter::with_capacity(1 << 20, file);
        Ok((Self { target: target.to_owned(), part, writer }, earlier))
    }

    /// Puts what was written so far where a crash of this process cannot lose it.
    ///
    /// # Errors
    /// When the disk is full or gone.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Removes what was begun.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn abandon(self) -> io::Result<()> {
        fs::remove_file(&self.part)?;
        fs::remove_file(with_suffix(&self.target, ".part.json"))
    }

    /// Gives the finished file its name.
    ///
    /// # Errors
    /// When the disk is full or gone; the part file is then still there to be continued.
    pub fn finish(self) -> io::Result<()> {
        let file = self.writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&self.part, &self.target)?;
        fs::remove_file(with_suffix(&self.target, ".part.json"))
    }
}

impl Write for PartFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Length of the file up to its last line end, in bytes.
fn whole_lines(file: &mut File) -> io::Result<u64> {
    const STEP: u64 = 64 << 10;
    let mut end = file.seek(SeekFrom::End(0))?;
    while end > 0 {
        let start = end.saturating_sub(STEP);
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.take(end - start).read_to_end(&mut bytes)?;
        if let Some(newline) = bytes.iter().rposition(|byte| *byte == b'\n') {
            return Ok(start + newline as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
