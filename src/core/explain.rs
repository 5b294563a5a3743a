//! What an answer means: verdict, cause, evidence, next steps.
