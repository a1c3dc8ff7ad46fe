package io.millrace.cli.tryout;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code try}.
 *
 * @param file the rows to learn from
 * @param label the column that is learned; null to guess it
 * @param test rows kept apart, to score the model by; null for none
 * @param output where the settings go; null to keep none
 * @param passes the most passes; empty for as many as the rows need
 */
public record TryOptions(
    Path file,
    @Nullable String label,
    @Nullable Path test,
    @Nullable Path output,
    OptionalInt passes) {}
