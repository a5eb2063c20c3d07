//! claimlint checks what health articles claim.
//!
//! The way through: [`source`] → [`reading`] fills a [`document`] → [`leftover`] marks what was never part of the
//! article → [`sentence`] and [`grammar`] → [`statement`] → [`fact`] → [`checks`] → [`rule`] and [`catalogue`] →
//! [`engine`] → [`report`]. A module imports only from the ones before it (`tests/architecture.rs`). The library
//! knows no files, terminal, threads or clock beyond what it is handed; [`cli`] does.

#![cfg_attr(test, allow(clippy::string_slice))]

pub mod source;

pub mod datafile;

pub mod document;
pub mod finding;
pub mod lexicon;

pub mod bibliography;
pub mod grammar;
pub mod leftover;
pub mod reading;
pub mod sentence;

pub mod statement;

pub mod fact;

pub mod checks;

pub mod rule;

pub mod catalogue;

pub mod engine;
pub mod inventory;
pub mod past;

pub mod config;
pub mod fix;
pub mod manual;
pub mod report;
pub mod trial;

pub mod cli;
