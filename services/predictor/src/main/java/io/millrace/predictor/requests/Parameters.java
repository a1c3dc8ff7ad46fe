package io.millrace.predictor.requests;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.proto.inference.InferParameter;
import java.io.IOException;

/** The values of the protocol's parameters. */
public final class Parameters {
  private Parameters() {}

  public static String text(InferParameter parameter) {
    return switch (parameter.getParameterChoiceCase()) {
      case BOOL_PARAM -> Boolean.toString(parameter.getBoolParam());
      case INT64_PARAM -> Long.toString(parameter.getInt64Param());
      case UINT64_PARAM -> Long.toUnsignedString(parameter.getUint64Param());
      case DOUBLE_PARAM -> Double.toString(parameter.getDoubleParam());
      case STRING_PARAM, PARAMETERCHOICE_NOT_SET -> parameter.getStringParam();
    };
  }

  public static void write(String name, InferParameter parameter, JsonGenerator json)
      throws IOException {
    json.writeFieldName(name);
    if (parameter.hasStringParam()) {
      json.writeString(parameter.getStringParam());
    } else if (parameter.hasDoubleParam() && !Double.isFinite(parameter.getDoubleParam())) {
      json.writeNull(); // JSON cannot represent it
    } else {
      json.writeRawValue(text(parameter));
    }
  }
}
