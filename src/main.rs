//! The program: everything is in the library.

use std::process::ExitCode;

use presscheck::cli::{self, Program};

fn main() -> ExitCode {
    ExitCode::from(cli::run(Program::own(), std::env::args_os()))
}
