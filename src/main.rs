//! The claimlint binary: all it does is in the library's `cli`.

fn main() -> std::process::ExitCode {
    claimlint::cli::main()
}
