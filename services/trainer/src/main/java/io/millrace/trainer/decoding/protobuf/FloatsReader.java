package io.millrace.trainer.decoding.protobuf;

import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import org.jspecify.annotations.Nullable;

/** Reads a {@code repeated float} field, packed or not. */
final class FloatsReader {
  private FloatsReader() {}

  /**
   * Reads the field of number {@code field} into {@code target[start, start + width)}, from the
   * cursor to the end of its message.
   */
  static @Nullable Rejected read(
      WireReader wire, int field, float[] target, int start, int width, String name) {
    int packed = WireReader.tag(field, WireReader.LENGTH_DELIMITED);
    int single = WireReader.tag(field, WireReader.FIXED32);
    int count = 0;
    boolean finite = true;
    for (int tag = wire.nextTag(); tag != 0; tag = wire.nextTag()) {
      if (tag != packed && tag != single) {
        wire.skip(tag);
        continue;
      }
      int more = wire.floats(tag);
      if (more > width - count) {
        wire.skipFloats(more);
      } else {
        finite &= wire.copyFloats(target, start + count, more);
      }
      count += more;
    }
    if (count != width) {
      return Rejected.featureCount(name, count, width);
    }
    return finite ? null : new Rejected(Reason.NON_FINITE, name, "number");
  }
}
