package io.millrace.cli.monitoring;

import static io.millrace.cli.monitoring.Panel.lines;
import static io.millrace.cli.monitoring.Panel.number;
import static io.millrace.cli.monitoring.Panel.parts;
import static io.millrace.cli.monitoring.Panel.states;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the dashboard shows: learning, the stream, serving and the processes. */
final class Panels {
  private Panels() {}

  /** Returns the panels by the titles of their rows. */
  static Map<String, List<Panel>> byRow() {
    Map<String, List<Panel>> rows = new LinkedHashMap<>();
    rows.put("Learning", learning());
    rows.put("Stream", stream());
    rows.put("Serving", serving());
    rows.put("Joining", joining());
    rows.put("Processes", processes());
    return rows;
  }

  private static List<Panel> learning() {
    return List.of(
        number("Newest version", "none", "max(millrace_trainer_checkpoint_version{$F})"),
        number("Champion", "none", "max(millrace_trainer_champion_version{$F})"),
        number("Round", "none", "max(millrace_trainer_round{$F})"),
        number("Paused", "bool", "max(millrace_trainer_paused{$F})"),
        number(
            "Since the last evaluation",
            "s",
            "time() - max(millrace_trainer_last_evaluation_timestamp_seconds{$F})"),
        number(
            "Since the last checkpoint",
            "s",
            "time() - max(millrace_trainer_last_checkpoint_timestamp_seconds{$F})"),
        lines("Loss", "none")
            .of("millrace_trainer_score{$F, score=~\"(val_)?loss\"}", "{{model}} {{score}}"),
        lines("Scores on the window, beside baselines", "none")
            .of(
                "millrace_trainer_score{$F, score=~\"val_.*\", score!=\"val_loss\"}",
                "{{model}} {{score}}"),
        lines("Scores before learning, beside baselines", "none")
            .of("millrace_trainer_score{$F, score!~\"val_.*|loss\"}", "{{model}} {{score}}"),
        lines("Learning rate", "none").of("millrace_trainer_learning_rate{$F}", "{{model}}"),
        states("Phase", "millrace_trainer_phase{$F} == 1", "{{model}} {{phase}}"),
        lines("Events", "none")
            .of(
                "sum by (event) (increase(millrace_trainer_events_total{$F}[$__rate_interval])) > 0",
                "{{event}}"),
        parts("Rivals' shares of the answer", "percentunit")
            .of("millrace_trainer_rival_share{$F}", "{{model}} {{rival}}"),
        lines("Rivals' losses", "none")
            .of("millrace_trainer_rival_loss{$F}", "{{model}} {{rival}}"),
        lines("Rivals' learning rates", "none")
            .of("millrace_trainer_rival_learning_rate{$F}", "{{model}} {{rival}}"),
        lines("Validation window", "none").of("millrace_trainer_window_records{$F}", "{{model}}"),
        lines("Take-overs", "none").of("max by (model) (millrace_trainer_term{$F})", "{{model}}"));
  }

  private static List<Panel> stream() {
    return List.of(
        lines("Lag", "none").of("sum by (model) (millrace_trainer_lag_records{$F})", "{{model}}"),
        lines("Records a second", "none")
            .of(
                "sum by (outcome) (rate(millrace_trainer_records_total{$F}[$__rate_interval]))",
                "{{outcome}}"),
        lines("Rejected a second, by reason", "none")
            .of(
                "sum by (reason) (rate(millrace_trainer_rejections_total{$F}[$__rate_interval])) > 0",
                "{{reason}}"),
        lines("Time of the training thread", "percentunit")
            .of(
                "sum by (stage) (rate(millrace_trainer_stage_seconds_total{$F}[$__rate_interval]))",
                "{{stage}}"),
        lines("Time of a step", "s")
            .of(
                "sum by (model) (rate(millrace_trainer_stage_seconds_total{$F, stage=\"learning\"}"
                    + "[$__rate_interval]))"
                    + " / sum by (model) (rate(millrace_trainer_steps_total{$F}[$__rate_interval]))",
                "{{model}}"),
        lines("Not learned, not written, not readable", "none")
            .of("sum(increase(millrace_trainer_lost_records_total{$F}[$__rate_interval]))", "lost")
            .of(
                "sum(increase(millrace_trainer_unwritten_total{$F}[$__rate_interval]))",
                "unwritten")
            .of("sum(increase(millrace_trainer_refused_total{$F}[$__rate_interval]))", "refused"),
        lines("Brokers away", "s").of("millrace_kafka_away_seconds{$F}", "{{instance}}"),
        lines("Requests to management that were denied", "none")
            .of(
                "sum by (reason) (increase(millrace_management_denied_total{$F}[$__rate_interval]))",
                "{{reason}}"));
  }

  private static List<Panel> serving() {
    return List.of(
        lines("Requests a second, by status", "reqps")
            .of(
                "sum by (status) (rate(millrace_inference_requests_total{$F}[$__rate_interval])) > 0",
                "{{status}}"),
        lines("Latency", "s").of(quantile("0.5"), "p50").of(quantile("0.99"), "p99"),
        lines("Mean time in the queue and in the network", "s")
            .of(mean("millrace_inference_queue_seconds"), "queue")
            .of(mean("millrace_inference_compute_seconds"), "compute"),
        lines("Queue", "none")
            .of("millrace_inference_queue_rows{$F}", "{{instance}}")
            .of("min(millrace_inference_queue_capacity_rows{$F})", "capacity"),
        lines("Refused by the queue, failed, and shadows a second", "reqps")
            .of(
                "sum(rate(millrace_inference_queue_refused_total{$F}[$__rate_interval]))",
                "refused")
            .of("sum(rate(millrace_requests_failed_total{$F}[$__rate_interval]))", "failed")
            .of("sum(rate(millrace_inference_shadows_total{$F}[$__rate_interval]))", "shadows"),
        lines("Rows inferred together", "none").of(mean("millrace_inference_rows"), "rows"),
        lines("Age of what is served", "s")
            .of("time() - millrace_serving_version_timestamp_seconds{$F}", "{{instance}}"),
        lines("Version served", "none").of("millrace_serving_version{$F}", "{{instance}}"),
        lines("Versions loaded and refused", "none")
            .of("sum(increase(millrace_serving_swaps_total{$F}[$__rate_interval]))", "swapped")
            .of("sum(increase(millrace_serving_refusals_total{$F}[$__rate_interval]))", "refused"),
        lines("Time to load a version", "s").of(mean("millrace_serving_load_seconds"), "load"),
        lines("Prediction log", "none")
            .of("sum(rate(millrace_prediction_log_written_total{$F}[$__rate_interval]))", "written")
            .of(
                "sum(rate(millrace_prediction_log_dropped_total{$F}[$__rate_interval]))",
                "dropped"));
  }

  private static List<Panel> joining() {
    return List.of(
        lines("Records a second, by how they ended", "none")
            .of(
                "sum by (outcome) (rate(millrace_joiner_records_total{$F}[$__rate_interval])) > 0",
                "{{outcome}}"),
        lines("Records so far", "none")
            .of("sum by (outcome) (millrace_joiner_ledger_records{$F}) > 0", "{{outcome}}"),
        lines("Lag of Kafka's consumers", "none")
            .of("sum by (topic) (kafka_consumer_fetch_manager_records_lag{$F})", "{{topic}}"));
  }

  private static List<Panel> processes() {
    return List.of(
        lines("Heap", "bytes")
            .of("sum by (instance) (jvm_memory_used_bytes{$F, area=\"heap\"})", "{{instance}}"),
        lines("Memory besides the heap", "bytes")
            .of(
                "sum by (instance) (jvm_memory_used_bytes{$F, area=\"nonheap\"})"
                    + " + sum by (instance) (jvm_buffer_memory_used_bytes{$F})",
                "{{instance}}"),
        lines("Processor", "percentunit").of("process_cpu_usage{$F}", "{{instance}}"),
        lines("Time in garbage collection", "percentunit")
            .of(
                "sum by (instance) (rate(jvm_gc_pause_seconds_sum{$F}[$__rate_interval]))",
                "{{instance}}"),
        lines("Longest pause of garbage collection", "s")
            .of("max by (instance) (jvm_gc_pause_seconds_max{$F})", "{{instance}}"),
        lines("Age", "s").of("time() - process_start_time_seconds{$F}", "{{instance}}"));
  }

  private static String quantile(String quantile) {
    return "histogram_quantile(%s, sum by (le)".formatted(quantile)
        + " (rate(millrace_inference_latency_seconds_bucket{$F}[$__rate_interval])))";
  }

  private static String mean(String summary) {
    return "sum(rate(%1$s_sum{$F}[$__rate_interval])) / sum(rate(%1$s_count{$F}[$__rate_interval]))"
        .formatted(summary);
  }
}
