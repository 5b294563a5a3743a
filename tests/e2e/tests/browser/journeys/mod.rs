//! What a user does with the page and what may happen to it, in all browsers.
//!
//! After each journey the harness looks for the key everywhere it must not be: see `e2e::privacy`.

use e2e::browser::Limitation;

mod accessibility;
mod answers;
mod bill;
mod checks;
mod demo;
mod doctor;
mod export;
mod failures;
mod form;
mod gallery;
mod headroom;
mod hostile;
mod inquiry;
mod lab;
mod media;
mod misfortunes;
mod models;
mod overview;
mod presence;
mod proof;
mod refusals;
mod report;
mod request;
mod rest;
mod retest;
mod rotation;
mod scan;
mod single;
mod tab_history;
mod walls;
mod workbench;
mod worker;
mod works;

/// Fails with both sides when two values differ.
macro_rules! same {
    ($left:expr, $right:expr, $($context:tt)+) => {{
        let (left, right) = (&$left, &$right);
        anyhow::ensure!(left == right, "{}: {left:?} where {right:?} was expected", format_args!($($context)+));
    }};
}
use same;

/// Runs journeys in one browser, as tests named after them.
macro_rules! in_browser {
    ($kind:ident: $($group:ident :: $name:ident,)*) => {
        $(#[test] fn $name() {
            let journey = super::$group::$name;
            e2e::harness::run(e2e::browser::Kind::$kind, stringify!($name), journey);
        })*
    };
}

/// Runs every journey once in each browser, but for those that WebKit cannot be driven to.
macro_rules! journeys {
    (
        everywhere { $($group:ident :: $name:ident,)* }
        not_in_webkit { $($limitation:ident: $other_group:ident :: $other:ident,)* }
    ) => {
        mod chromium { in_browser! { Chromium: $($group::$name,)* $($other_group::$other,)* } }
        mod firefox { in_browser! { Firefox: $($group::$name,)* $($other_group::$other,)* } }
        mod webkit { in_browser! { WebKit: $($group::$name,)* } }

        /// The journeys that are not made in WebKit, and what for.
        const NOT_IN_WEBKIT: &[(Limitation, &str)] =
            &[$((Limitation::$limitation, stringify!($other))),*];
    };
}

journeys! {
    everywhere {
        works::a_good_key_works_and_lists_its_models,
        works::a_key_pasted_with_its_wrapping_is_cleaned,
        works::the_chosen_endpoint_is_the_only_one_asked,
        works::the_keyboard_is_enough,
        works::the_verdict_is_on_the_screen,
        works::a_forgotten_key_is_gone,
        refusals::each_refusal_has_its_cause,
        refusals::an_enormous_body_is_no_hang,
        inquiry::a_broken_way_is_blocked_not_invalid,
        inquiry::an_answer_without_cors_is_blocked_not_invalid,
        inquiry::a_refused_preflight_points_at_the_header,
        inquiry::without_any_network_it_says_offline,
        inquiry::a_policy_without_the_host_is_named,
        failures::a_slow_answer_is_waited_for,
        failures::a_broken_off_answer_is_no_success,
        failures::stop_hangs_up,
        failures::stop_ends_the_round_trip,
        form::what_is_no_key_is_not_sent,
        form::a_doubtful_key_is_sent_on_demand,
        form::the_key_shows_on_demand_only,
        form::what_comes_early_is_handed_over,
        form::a_change_after_an_early_press_takes_it_back,
        form::a_key_sent_early_by_enter_may_be_looked_at,
        form::a_key_pressed_early_does_not_wait_for_the_program,
        form::a_program_that_does_not_come_is_told_and_keeps_nothing,
        form::a_start_that_fails_keeps_nothing,
        rest::a_rest_that_is_cut_short_is_told_and_asked_for_again,
        rest::a_rest_with_another_byte_is_told_and_asked_for_again,
        rest::a_rest_that_is_gone_asks_for_a_reload_and_keeps_what_was_typed,
        rest::a_press_waits_for_the_rest,
        rest::a_rest_that_comes_after_the_key_was_forgotten_finds_nothing,
        demo::the_demo_is_walked_by_what_it_offers,
        demo::leaving_the_demo_leaves_nothing_of_it,
        gallery::every_cause_is_on_show,
        doctor::a_pasted_key_is_masked_on_sight,
        doctor::no_undo_brings_a_secret_back,
        doctor::no_field_but_the_keys_keeps_a_key,
        doctor::an_error_of_another_program_is_explained,
        doctor::an_example_is_read_and_cleared,
        request::a_failing_request_is_repaired_here,
        request::a_repaired_request_is_sent_once_on_a_press,
        retest::the_countdown_stops_on_demand,
        retest::another_host_is_asked_on_demand,
        retest::the_command_is_copied_without_the_key,
        accessibility::axe_finds_nothing_in_the_verdicts,
        overview::the_page_is_seen_at_a_glance,
        overview::each_section_is_a_few_tabs_from_the_verdict,
        overview::each_address_opened_cold_leads_to_its_section,
        overview::back_and_forward_walk_the_same_way,
        overview::no_section_contradicts_what_a_scan_has_found,
        overview::a_running_scan_survives_another_address,
        accessibility::axe_finds_nothing_without_a_key,
        accessibility::one_sentence_is_heard,
        accessibility::the_focus_stays_while_the_card_changes,
        models::the_table_filters_and_sorts,
        models::a_model_id_is_copied,
        models::chosen_models_are_timed_where_the_price_is,
        models::the_table_is_a_list_on_a_phone,
        walls::inside_another_page_it_takes_no_key,
        worker::under_a_worker_it_takes_no_key,
        worker::a_worker_that_takes_over_finds_no_key,
        worker::a_page_that_is_shown_again_looks_again,
        worker::what_was_typed_early_is_gone_when_a_worker_comes,
        walls::the_policy_lets_nothing_else_out,
        hostile::what_is_too_much_is_left_out_and_said,
        hostile::a_key_in_the_names_of_models_does_not_come_into_the_page,
        hostile::a_held_enter_submits_once,
        misfortunes::a_fetch_that_fails_in_any_way_ends_in_a_verdict,
        misfortunes::a_body_that_cannot_be_read_ends_in_a_verdict,
        walls::text_becomes_neither_markup_nor_code,
        walls::a_redirect_is_not_followed,
        walls::tampered_code_does_not_run,
        walls::a_page_that_cannot_start_says_so,
        walls::a_refused_preflight_fails_the_call,
        failures::twenty_seconds_are_the_limit,
        retest::a_key_that_comes_alive_is_noticed,
        rotation::two_keys_are_compared_and_the_deletion_is_seen,
        rotation::what_is_no_deletion_is_not_taken_for_one,
        rotation::both_keys_are_gone_after_forget,
        rotation::the_next_rotation_is_saved_as_a_file,
        checks::seventeen_features_are_proved,
        checks::a_plan_without_libraries_is_explained,
        checks::stopping_the_checks_hangs_up,
        checks::whose_key_it_is_is_asked_on_demand,
        workbench::pasted_code_is_read_here_and_sent_nowhere,
        workbench::the_calculator_follows_each_key,
        workbench::five_thousand_models_are_no_trouble,
        workbench::the_keyboard_runs_the_workbench,
        proof::the_list_is_what_arrived,
        proof::what_the_page_has_not_sent_is_shown,
        proof::nothing_leaks_by_any_way_that_is_tried,
        proof::the_files_are_those_of_the_list,
        proof::a_file_with_another_byte_is_shown,
        single::a_file_from_a_disk_tests_a_key,
        single::a_file_from_a_disk_needs_nothing_else,
        single::a_file_from_a_disk_makes_files_for_engines,
        single::a_file_from_a_disk_asks_no_site_why_no_answer_came,
        single::the_copy_that_is_offered_has_the_hash_that_is_shown,
        tab_history::the_tests_of_a_tab_are_listed_until_the_key_is_forgotten,
        report::an_outcome_is_handed_over_and_shown_again,
        report::a_refusal_is_handed_over_too,
        presence::the_page_works_by_keyboard_alone,
        presence::a_key_that_nobody_uses_is_wiped,
        accessibility::axe_finds_nothing_in_the_workbench,
        lab::the_figures_of_a_known_stream_are_read,
        lab::stopping_keeps_what_was_measured,
        lab::a_double_click_on_stop_ends_the_measurement,
        lab::a_saved_report_is_compared_with,
        lab::the_keyboard_runs_the_lab,
        headroom::the_first_429_ends_the_search,
        headroom::stopping_the_search_hangs_up,
        headroom::the_keyboard_starts_one_search,
        export::a_file_for_an_engine_comes_on_a_press_and_is_asked_for_once,
        accessibility::axe_finds_nothing_in_the_lab,
        scan::a_scan_costs_what_it_says,
        scan::a_double_click_on_stop_ends_the_scan,
        scan::a_key_revoked_half_way_halts_the_scan,
        scan::the_audit_of_a_free_plan_key_is_reproduced,
    }

    not_in_webkit {
        Offline: inquiry::being_offline_is_said,
        Offline: demo::each_scenario_plays_without_a_network,
        Offline: export::a_file_for_an_engine_that_does_not_come_is_told_and_asked_for_again,
        Repeat: checks::a_key_that_is_held_pays_once,
    }
}

/// What one browser alone can be told to be.
mod chromium_alone {
    in_browser! {
        Chromium:
        media::a_phone_shows_the_verdicts,
        media::a_phone_shows_what_needs_no_key,
        media::a_phone_shows_the_workbench,
        media::a_phone_shows_the_lab,
        overview::a_verdict_prints_on_one_page,
        overview::without_javascript_everything_reads,
        overview::the_narrowest_screens_lose_nothing,
        misfortunes::without_a_performance_observer_it_starts,
        walls::a_browser_without_webassembly_is_told_so,
        rest::without_a_network_the_rest_is_told_and_comes_with_it,
    }
}

#[test]
fn what_is_left_out_is_listed() {
    let list = include_str!("../../../../README.md");
    for limitation in Limitation::ALL {
        let row = list.lines().find(|line| line.contains(limitation.reason()));
        let row = row.unwrap_or_else(|| panic!("tests/README.md does not say: {}", limitation.reason()));
        for (_, journey) in NOT_IN_WEBKIT.iter().filter(|(reason, _)| *reason == limitation) {
            assert!(row.contains(journey), "{journey} is left out and not listed in: {row}");
        }
    }
}
