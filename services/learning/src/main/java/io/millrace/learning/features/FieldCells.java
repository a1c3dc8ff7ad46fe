package io.millrace.learning.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the value of one record field is stored in a raw row of an input.
 *
 * @param field the field's name, or the dotted path to it
 * @param form how the value is stored
 * @param column its first cell
 */
public record FieldCells(String field, RawForm form, int column) {

  /** Returns the cells of the features' fields, in order. */
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
