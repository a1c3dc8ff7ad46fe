package io.millrace.tuning.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartsTest {

  @Test
  void share_logarithmicAxis_hasEqualRatios() {
    Axis axis = Axis.logarithmic("rate", 1e-5, 10);

    assertThat(axis.share(1e-5)).isZero();
    assertThat(axis.share(1e-2)).isCloseTo(0.5, within(1e-12));
    assertThat(axis.share(10)).isEqualTo(1);
    assertThat(axis.share(0)).isNaN();
    assertThat(axis.share(Double.NaN)).isNaN();
  }

  @Test
  void ticks_logarithmicAxis_areDecades() {
    assertThat(Axis.logarithmic("rate", 1e-5, 10).ticks())
        .extracting(Axis::label)
        .containsExactly("1e-5", "1e-4", "0.001", "0.01", "0.1", "1", "10");
  }

  @Test
  void ticks_linearAxis_areRoundNumbers() {
    assertThat(Axis.linear("loss", 0.3, 2.4).ticks())
        .extracting(Axis::label)
        .containsExactly("0.4", "0.6", "0.8", "1", "1.2", "1.4", "1.6", "1.8", "2", "2.2", "2.4");
  }

  @Test
  void ticks_oneValue_isThere() {
    assertThat(Axis.linear("loss", 3, 3).share(3)).isCloseTo(0.5, within(1e-9));
    assertThat(Axis.linear("loss", 0, 0).share(0)).isCloseTo(0.5, within(1e-9));
    assertThat(Axis.logarithmic("rate", 0.01).share(0.01)).isCloseTo(0.5, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0012, 0.0012",
    "123456, 123500",
    "1e-7, 1e-7",
    "-2.50, -2.5",
    "0, 0",
    "3.2e8, 3.2e8"
  })
  void label_number_isShort(double value, String expected) {
    assertThat(Axis.label(value)).isEqualTo(expected);
  }

  @Test
  void svg_textsOfAnybody_areEscaped() throws Exception {
    String name = "<script>alert('x')</script> & \"\u0000\uD800";
    Document chart =
        parsed(
            new LineChart(name, Axis.linear(name, 0, 1), Axis.linear(name, 0, 1))
                .line(name, new double[] {0, 1}, new double[] {0, 1})
                .mark(0.5, name)
                .svg());

    assertThat(chart.getElementsByTagName("script").getLength()).isZero();
    assertThat(texts(chart)).anyMatch(text -> text.startsWith("<script>alert('x')</script> & \""));
  }

  @Test
  void line_pointThatCannotBeShown_isAGap() throws Exception {
    Document chart =
        parsed(
            new LineChart("t", Axis.linear("x", 0, 4), Axis.logarithmic("y", 1, 10))
                .line("y", new double[] {0, 1, 2, 3, 4}, new double[] {1, 2, Double.NaN, 0, 5})
                .svg());

    String line = lines(chart, "line c0").get(0);
    assertThat(line.chars().filter(c -> c == 'M')).hasSize(2);
    assertThat(line.chars().filter(c -> c == 'L')).hasSize(1);
  }

  @Test
  void history_failedTrial_isLeftOut() throws Exception {
    Document chart = parsed(HistoryChart.svg("t", "val_loss", true, trials()));

    assertThat(chart.getElementsByTagName("circle").getLength()).isEqualTo(3);
    assertThat(texts(chart)).contains("best so far", "trained to its end", "given up early");
  }

  @Test
  void parallel_trialWithoutUnits_passesBelow() throws Exception {
    Document chart = parsed(ParallelCoordinates.svg("t", "val_loss", true, trials()));

    assertThat(texts(chart)).contains("hidden_layers", "units", "optimizer", "adam", "sgd", "none");
    assertThat(texts(chart)).doesNotContain("0.2", "1.5");
    assertThat(lines(chart, "line c1 strong")).hasSize(1);
  }

  @Test
  void charts_noTrials_areDocuments() throws Exception {
    parsed(HistoryChart.svg("t", "val_loss", true, List.of()));
    parsed(ParallelCoordinates.svg("t", "val_loss", true, List.of()));
  }

  private static List<ChartedTrial> trials() {
    return List.of(
        new ChartedTrial(
            0, Map.of("hidden_layers", 2, "units", 30, "optimizer", "adam"), 0.5, false),
        new ChartedTrial(1, Map.of("hidden_layers", 0, "optimizer", "sgd"), 0.9, true),
        new ChartedTrial(
            2, Map.of("hidden_layers", 1, "units", 9, "optimizer", "sgd"), Double.NaN, false),
        new ChartedTrial(
            3, Map.of("hidden_layers", 1, "units", 60, "optimizer", "adam"), 0.4, false));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document chart) {
    List<String> texts = new ArrayList<>();
    NodeList nodes = chart.getElementsByTagName("text");
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private static List<String> lines(Document chart, String classes) {
    List<String> lines = new ArrayList<>();
    NodeList nodes = chart.getElementsByTagName("path");
    for (int i = 0; i < nodes.getLength(); i++) {
      Element path = (Element) nodes.item(i);
      if (path.getAttribute("class").equals(classes)) {
        lines.add(path.getAttribute("d"));
      }
    }
    return lines;
  }
}
