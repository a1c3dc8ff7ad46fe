package io.millrace.learning.rivals;

import io.millrace.settings.Section;
import java.util.Optional;

/**
 * How rivals are replaced while the stream goes on.
 *
 * @param every how many records are trained between two turns
 * @param keep how many rivals stay at a turn, those that have carried most weight since the last
 * @param explore the probability that a newcomer has settings of its own, not those of the leader
 *     with one change
 */
public record TournamentSettings(int every, int keep, double explore) {

  /**
   * Reads the section {@code tournament}.
   *
   * @param rivals how many there are
   * @param memory how many records a newcomer is scored on before it answers
   */
  static Optional<TournamentSettings> read(Section section, int rivals, int memory) {
    return section
        .optionalSection("tournament")
        .map(
            tournament ->
                new TournamentSettings(
                    tournament
                        .integer(
                            "every",
                            "records trained between two turns, at which learners are replaced")
                        .atLeast(100)
                        .check("more than rivals.memory", every -> every > memory)
                        .orElse(Math.max(20_000, 2 * memory)),
                    tournament
                        .integer(
                            "keep",
                            "how many learners stay at a turn, those of most weight since the last"
                                + " one")
                        .atLeast(1)
                        .check("fewer than there are learners", keep -> keep < rivals)
                        .orElse(Math.max(1, rivals - 1)),
                    tournament
                        .decimal(
                            "explore",
                            "probability that a newcomer is not a variation of the leader")
                        .atLeast(0)
                        .atMost(1)
                        .orElse(0.25)));
  }
}
