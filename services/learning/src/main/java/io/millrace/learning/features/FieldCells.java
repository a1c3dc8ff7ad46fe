package io.millrace.learning.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in a raw row of an input the value of one of the record's fields stands.
 *
 * @param field the field's name, or the path to it with dots
 * @param form how the value is written there
 * @param column its first cell
 */
public record FieldCells(String field, RawForm form, int column) {

  /** Returns the cells of features, in order. */
  public static List<FieldCells> of(List<Feature> features) {
    List<FieldCells> cells = new ArrayList<>();
    int column = 0;
    for (Feature feature : features) {
      RawForm form = feature.form();
      for (String field : feature.fields()) {
        cells.add(new FieldCells(field, form, column));
        column += form.width();
      }
    }
    return cells;
  }
}
