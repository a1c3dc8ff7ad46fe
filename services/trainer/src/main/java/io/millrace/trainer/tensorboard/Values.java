package io.millrace.trainer.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.millrace.learning.inspection.Histogram;
import io.millrace.proto.tensorboard.v1.DataClass;
import io.millrace.proto.tensorboard.v1.HistogramProto;
import io.millrace.proto.tensorboard.v1.Summary;
import io.millrace.proto.tensorboard.v1.Summary.Value;
import io.millrace.proto.tensorboard.v1.SummaryMetadata;
import io.millrace.proto.tensorboard.v1.SummaryMetadata.PluginData;
import io.millrace.proto.tensorboard.v1.TensorProto;
import io.millrace.proto.tensorboard.v1.TensorShapeProto;
import io.millrace.proto.tensorboard.v1.TensorType;

/** The kinds of values that an event file holds. */
final class Values {
  private static final int RED_GREEN_BLUE = 3;

  private Values() {}

  static Value scalar(String tag, double value) {
    return Value.newBuilder().setTag(tag).setSimpleValue((float) value).build();
  }

  static Value histogram(String tag, Histogram histogram) {
    HistogramProto.Builder message =
        HistogramProto.newBuilder()
            .setMin(histogram.min())
            .setMax(histogram.max())
            .setNum(histogram.count())
            .setSum(histogram.sum())
            .setSumSquares(histogram.sumOfSquares())
            .addAllBucketLimit(histogram.limits());
    histogram.counts().forEach(message::addBucket);
    return Value.newBuilder().setTag(tag).setHisto(message).build();
  }

  static Value image(String tag, Picture picture) {
    return Value.newBuilder()
        .setTag(tag)
        .setImage(
            Summary.Image.newBuilder()
                .setWidth(picture.width())
                .setHeight(picture.height())
                .setColorspace(RED_GREEN_BLUE)
                .setEncodedImageString(ByteString.copyFrom(picture.png())))
        .build();
  }

  /** Returns a text in Markdown. */
  static Value text(String tag, String markdown) {
    return Value.newBuilder()
        .setTag(tag)
        .setMetadata(metadata("text", ByteString.EMPTY))
        .setTensor(
            TensorProto.newBuilder()
                .setDtype(TensorType.DT_STRING)
                .setTensorShape(TensorShapeProto.getDefaultInstance())
                .addStringVal(ByteString.copyFromUtf8(markdown)))
        .build();
  }

  /** Returns what a plugin reads from a value's metadata. */
  static Value plugin(String tag, String plugin, Message content) {
    return Value.newBuilder()
        .setTag(tag)
        .setMetadata(metadata(plugin, content.toByteString()))
        .setTensor(
            TensorProto.newBuilder()
                .setDtype(TensorType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.getDefaultInstance())
                .addFloatVal(0))
        .build();
  }

  private static SummaryMetadata metadata(String plugin, ByteString content) {
    return SummaryMetadata.newBuilder()
        .setPluginData(PluginData.newBuilder().setPluginName(plugin).setContent(content))
        .setDataClass(DataClass.DATA_CLASS_TENSOR)
        .build();
  }
}
