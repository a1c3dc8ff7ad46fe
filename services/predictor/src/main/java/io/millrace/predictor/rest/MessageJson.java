package io.millrace.predictor.rest;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Protocol messages as JSON: every field under its protobuf name, numbers as numbers. Unset
 * messages and oneof members are left out.
 */
final class MessageJson {
  private MessageJson() {}

  static JsonObject of(MessageOrBuilder message) {
    JsonObject json = new JsonObject();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isMapField()) {
        json.put(field.getName(), map((List<?>) message.getField(field)));
      } else if (field.isRepeated()) {
        json.put(field.getName(), list((List<?>) message.getField(field)));
      } else if (!field.hasPresence() || message.hasField(field)) {
        json.put(field.getName(), value(message.getField(field)));
      }
    }
    return json;
  }

  static JsonArray list(List<?> values) {
    JsonArray json = new JsonArray();
    values.forEach(value -> json.add(value(value)));
    return json;
  }

  private static JsonObject map(List<?> entries) {
    JsonObject json = new JsonObject();
    for (Object entry : entries) {
      Message message = (Message) entry;
      List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
      json.put(
          String.valueOf(message.getField(fields.get(0))), value(message.getField(fields.get(1))));
    }
    return json;
  }

  private static Object value(Object value) {
    if (value instanceof Message message) {
      return of(message);
    }
    return value instanceof EnumValueDescriptor name ? name.getName() : value;
  }
}
