//! Every rule of the product as a scripted conversation.

mod access;
mod access_ends;
mod behind_demo;
mod calculator;
mod canary;
mod causes;
mod demo;
mod doctor;
mod explanations;
mod features;
mod features_ends;
mod form;
mod gallery;
mod guide;
mod history;
mod inquiry;
mod keyboard;
mod lab;
mod lab_ends;
mod lifecycle;
mod limits;
mod limits_of_key;
mod long_lists;
mod models;
mod retest;
<<<<<<< HEAD
mod session;
=======
mod snippet;
>>>>>>> snippets
mod stop;
mod stream;
mod whose;
mod works;
