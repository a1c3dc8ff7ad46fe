package io.millrace.learning.rivals;

import io.millrace.settings.Section;
import java.util.Optional;

/**
 * How rivals are replaced while the stream goes on.
 *
 * @param every how many records are trained between two replacements
 * @param keep how many of the best rivals are never replaced
 * @param explore the probability that a newcomer has settings of its own, not those of the leader
 *     with one change
 */
public record TournamentSettings(int every, int keep, double explore) {

  /**
   * Reads the section {@code tournament}.
   *
   * @param rivals how many there are
   */
  static Optional<TournamentSettings> read(Section section, int rivals) {
    return section
        .optionalSection("tournament")
        .map(
            tournament ->
                new TournamentSettings(
                    tournament
                        .integer("every", "records trained between two replacements")
                        .atLeast(100)
                        .orElse(20_000),
                    tournament
                        .integer("keep", "how many of the best learners are never replaced")
                        .atLeast(1)
                        .check("fewer than there are learners", keep -> keep < rivals)
                        .orElse(Math.max(1, rivals / 2)),
                    tournament
                        .decimal(
                            "explore",
                            "probability that a newcomer is not a variation of the leader")
                        .atLeast(0)
                        .atMost(1)
                        .orElse(0.25)));
  }
}
