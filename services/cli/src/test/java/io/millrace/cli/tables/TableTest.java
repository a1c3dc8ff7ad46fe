package io.millrace.cli.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.tables.FileSettings.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as all commands see them. */
class TableTest {
  @TempDir private Path folder;

  @Test
  void next_rowsOfAnyLength_haveACellForEachColumnAndSayWhatIsWrong() throws IOException {
    // Given: the third row is short, the fourth is long, the fifth has nothing in its last cell
    Path file = file("a, b\n1,2\n3\n4,5,6\n7,8,\n\"x,\"\"y\"\"\",\"two\nlines\"\n9,10\n");

    // When
    List<TableRow> rows = rows(file);

    // Then
    assertThat(rows)
        .extracting(TableRow::cells)
        .containsExactly(
            List.of("1", "2"),
            List.of("3", ""),
            List.of("", ""),
            List.of("7", "8"),
            List.of("x,\"y\"", "two\nlines"),
            List.of("9", "10"));
    assertThat(rows).extracting(TableRow::line).containsExactly(2L, 3L, 4L, 5L, 6L, 8L);
    assertThat(rows)
        .extracting(TableRow::isUsable)
        .containsExactly(true, true, false, true, true, true);
    assertThat(rows.get(1).problems()).containsExactly("has 1 cells, the header names 2");
    assertThat(rows.get(2).problems()).containsExactly("has 3 cells, the header names 2");
    assertThat(rows.get(3).problems()).isEmpty();
  }

  @Test
  void columns_withoutOrWithEqualNames_areToldApart() throws IOException {
    // Given
    Path file = file("a,,a,a_2,a\n1,2,3,4,5\n");

    // When, Then
    assertThat(columns(file)).containsExactly("a", "column_2", "a_3", "a_2", "a_4");
    assertThat(FileSettings.detect(file).remarks())
        .contains(
            "column 2 has no name: it is column_2", "two columns are named a: the one at 3 is a_3");
  }

  @Test
  void columns_namesOfRowsWithoutAName_areTheFirstColumn() throws IOException {
    // Given: as R writes a table
    Path file = file("\"x\" \"y\"\n\"1\" 0.5 \"p\"\n\"2\" 1.5 \"q\"\n\"3\" 2.5 \"p\"\n");

    // When, Then
    assertThat(columns(file)).containsExactly("column_1", "x", "y");
    assertThat(rows(file).get(1).cells()).containsExactly("2", "1.5", "q");
  }

  @Test
  void detect_firstRowOfValues_isARow() throws IOException {
    for (String text :
        List.of(
            "5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,versicolor\n6.4,3.2,versicolor\n",
            "1,2\n3,4\n",
            "2020-01-01,5\n2020-01-02,6\n",
            "?,b,1\n2,a,1\n3,b,0\n4,a,0\n",
            "yes,red\nno,red\nyes,blue\nno,blue\n")) {
      // Given
      Path file = file(text);

      // When
      FileSettings settings = FileSettings.detect(file);

      // Then
      assertThat(settings.header()).as(text).isEqualTo(Header.NONE);
      assertThat(columns(file)).as(text).startsWith("column_1", "column_2");
      assertThat(rows(file)).as(text).hasSize(text.split("\n").length);
      assertThat(settings.remarks()).as(text).anyMatch(remark -> remark.startsWith("no header"));
      assertThat(settings.yaml()).as(text).anyMatch(line -> line.contains("header: none"));
    }
  }

  @Test
  void detect_firstRowOfNames_isTheHeader() throws IOException {
    for (String text :
        List.of(
            "a,b,label\n1,2,x\n3,4,y\n",
            "review,sentiment\n\"I, loved it\",pos\nbad,neg\nfine,pos\ndull,neg\n",
            "name,city\nAda,London\nKurt,Brno\n",
            "0,1,2,3,target\n5,0,9,1,7\n4,8,2,0,7\n0,3,3,1,2\n",
            "country,2019,2020\nFrance,1.5,2.5\nItaly,3.5,4.5\n",
            "a,b\n")) {
      FileSettings settings = FileSettings.detect(file(text));

      assertThat(settings.header()).as(text).isEqualTo(Header.FIRST_ROW);
      assertThat(settings.yaml()).as(text).isEmpty();
    }
  }

  @Test
  void open_fileThatIsSaidToHaveNoHeader_mayHaveTheGivenNames() throws IOException {
    // Given
    FileSettings settings = FileSettings.detect(file("1,x\n2,y\n3,x\n"));
    Path named = file("column_1,column_2\n4,x\n");

    // When, Then
    try (Table table = Table.open(named, settings)) {
      assertThat(table.columns()).containsExactly("column_1", "column_2");
      assertThat(table.next().cells()).containsExactly("4", "x");
      assertThat(table.hasNext()).isFalse();
    }
  }

  @Test
  void cells_missingValuesOfAllSpellings_areEmptyAndCounted() throws IOException {
    // Given
    Path file =
        file("a,b\n?,-\nNA,n/a\nnull,None\nNaN,#N/A\n,NONE\n1,none at all\n2,--\n3,x\n4,x\n5,x\n");

    // When, Then
    assertThat(rows(file))
        .extracting(TableRow::cells)
        .containsExactly(
            List.of("", ""),
            List.of("", ""),
            List.of("", ""),
            List.of("", ""),
            List.of("", ""),
            List.of("1", "none at all"),
            List.of("2", "--"),
            List.of("3", "x"),
            List.of("4", "x"),
            List.of("5", "x"));
    assertThat(FileSettings.detect(file).remarks())
        .anyMatch(remark -> remark.startsWith("missing values: a 4"));
  }

  @Test
  void cells_numbersOfAColumn_areReadByWhatTheColumnShows() throws IOException {
    // Given: "1,234" is one and a fraction where another value is "0,5"
    Path file =
        file(
            "fraction;thousands;money;text;zip\n"
                + "0,5;1.234;1.000,50 €;1,5 l;01234\n"
                + "1,234;1.234.567;-12,00 €;half;00017\n"
                + "2;999;3 €;2,5 l;12345\n");

    // When, Then
    assertThat(rows(file))
        .extracting(TableRow::cells)
        .containsExactly(
            List.of("0.5", "1234", "1000.50", "1,5 l", "01234"),
            List.of("1.234", "1234567", "-12.00", "half", "00017"),
            List.of("2", "999", "3", "2,5 l", "12345"));
  }

  @Test
  void cells_datesOfAColumn_areReadByWhatTheColumnShows() throws IOException {
    // Given: the same text in two columns, of which one has a 13th month otherwise
    Path file =
        file(
            "day,month,clear\n"
                + "01/02/2020,01/02/2020,5 May 2020\n"
                + "31/12/2020,12/31/2020,2020/02/01\n"
                + "02/03/2020,02/03/2020,\n");

    // When, Then
    assertThat(rows(file))
        .extracting(TableRow::cells)
        .containsExactly(
            List.of("2020-02-01", "2020-01-02", "2020-05-05"),
            List.of("2020-12-31", "2020-12-31", "2020-02-01"),
            List.of("2020-03-02", "2020-02-03", ""));
  }

  @Test
  void detect_valuesThatCanBeReadInTwoWays_saysHowTheyAreReadAndWhatToWrite() throws IOException {
    // Given
    Path file = file("price,when\n\"1,000\",01/02/2020\n\"2,500\",03/04/2020\n");

    // When
    FileSettings settings = FileSettings.detect(file);

    // Then
    assertThat(rows(file).get(0).cells()).containsExactly("1000", "2020-01-02");
    assertThat(settings.remarks())
        .contains(
            "price: \"1,000\" is read as 1000; if it is 1.000, write decimal_comma: [\"price\"] in"
                + " the section file",
            "when: \"01/02/2020\" is read as 2020-01-02, the month first; if that is wrong, write"
                + " day_first: [\"when\"] in the section file");
  }

  @Test
  void cells_listsOfNumbers_areSeparatedBySemicolons() throws IOException {
    Path file = file("v,y\n\"[1, 2.5, -3]\",a\n[4 5  6],b\n");

    assertThat(rows(file))
        .extracting(row -> row.cells().get(0))
        .containsExactly("1;2.5;-3", "4;5;6");
  }

  @Test
  void detect_rowsOfOtherLengths_areCountedWithTheirLines() throws IOException {
    Path file = file("a,b\n1,2\n3\n4,5\n6\n7,8\n1,2,3\n9,9\n9,9\n");

    assertThat(FileSettings.detect(file).remarks())
        .contains(
            "2 rows with 1 cells in place of 2: line 3, 5",
            "1 row with 3 cells in place of 2: line 7");
  }

  @Test
  void rows_linesAboveTheColumns_arePassedOver() throws IOException {
    for (String text :
        List.of(
            "sep=;\nname;price\nA;1,5\nB;2,5\n",
            "Sales of 2020\n\nname;price\nA;1,5\nB;2,5\n",
            "Sales;\n;\nname;price\nA;1,5\nB;2,5\n")) {
      // Given
      Path file = file(text);

      // When, Then
      assertThat(columns(file)).as(text).containsExactly("name", "price");
      assertThat(rows(file))
          .as(text)
          .extracting(TableRow::cells)
          .containsExactly(List.of("A", "1.5"), List.of("B", "2.5"));
      assertThat(FileSettings.detect(file).remarks())
          .contains("passed over: 1 line above the columns");
    }
  }

  @Test
  void rows_ofOneColumn_areRead() throws IOException {
    Path file = file("full name\nAda Lovelace\nKurt\n");

    assertThat(columns(file)).containsExactly("full name");
    assertThat(rows(file))
        .extracting(TableRow::cells)
        .containsExactly(List.of("Ada Lovelace"), List.of("Kurt"));
    assertThat(FileSettings.detect(file).remarks())
        .contains("one column only: nothing separates cells alike in all lines");
  }

  @Test
  void rows_onlyOfSeparators_arePassedOver() throws IOException {
    assertThat(rows(file("a,b\n1,2\n,\n\n3,4\n,\n,\n")))
        .extracting(TableRow::cells)
        .containsExactly(List.of("1", "2"), List.of("3", "4"));
  }

  @Test
  void rows_quotesThatAreNoQuotes_areCharacters() throws IOException {
    // Given: messages as a chat exports them, and a word in quotes before others
    Path messages = folder.resolve("messages.tsv");
    Files.writeString(messages, "ham\tsaid \"hi\"\nspam\t\"FREE entry\nham\tok\nspam\tWIN\n");

    // When, Then
    assertThat(rows(messages))
        .extracting(row -> row.cells().get(1))
        .containsExactly("said \"hi\"", "\"FREE entry", "ok", "WIN");
    assertThat(rows(file("a,b\n\"Great\" film,1\nbad,0\n")).get(0).cells())
        .containsExactly("Great film", "1");
  }

  @Test
  void rows_cellsInColumnsWithAQuotedName_areSeparatedBySpaces() throws IOException {
    // Given: as the UCI repository has its cars
    Path file =
        file(
            """
            18.0   8   307.0      130.0      3504.      12.0   70  1\t"chevrolet chevelle malibu"
            15.0   8   350.0      165.0      3693.      11.5   70  1\t"buick skylark 320"
            25.0   4   ?          87.00      2672.      17.5   70  2\t"peugeot 504"
            """);

    // When, Then
    assertThat(rows(file))
        .extracting(TableRow::cells)
        .contains(
            List.of(
                "18.0",
                "8",
                "307.0",
                "130.0",
                "3504",
                "12.0",
                "70",
                "1",
                "chevrolet chevelle malibu"),
            List.of("25.0", "4", "", "87.00", "2672", "17.5", "70", "2", "peugeot 504"));
  }

  @Test
  void rows_manyColumns_areRead() throws IOException {
    // Given
    String header = String.join(",", IntStream.range(0, 5000).mapToObj(i -> "f" + i).toList());
    String row = String.join(",", IntStream.range(0, 5000).mapToObj(i -> i + ".5").toList());

    // When
    List<TableRow> rows = rows(file(header + "\n" + (row + "\n").repeat(20)));

    // Then
    assertThat(rows).hasSize(20);
    assertThat(rows.get(19).cells()).hasSize(5000).endsWith("4999.5");
  }

  @Test
  void rows_hugeCell_isRead() throws IOException {
    String text = "word ".repeat(250_000).strip();

    assertThat(rows(file("text,y\n\"" + text + "\",a\nshort,b\n")).get(0).cells())
        .containsExactly(text, "a");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private static List<String> columns(Path file) {
    try (Table table = Table.open(file, FileSettings.detect(file))) {
      return table.columns();
    }
  }

  private static List<TableRow> rows(Path file) {
    List<TableRow> rows = new ArrayList<>();
    try (Table table = Table.open(file, FileSettings.detect(file))) {
      while (table.hasNext()) {
        rows.add(table.next());
      }
    }
    return rows;
  }
}
