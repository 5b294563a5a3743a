//! Every rule of the product as a scripted conversation.

mod canary;
mod causes;
mod demo;
mod explanations;
mod form;
mod models;
mod stop;
mod stream;
mod works;
