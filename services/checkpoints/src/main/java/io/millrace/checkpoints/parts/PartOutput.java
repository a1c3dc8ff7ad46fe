package io.millrace.checkpoints.parts;

import java.io.OutputStream;

/** Receives an encoded part. Arrays are written in bulk, little-endian. Confined to one thread. */
abstract class PartOutput extends OutputStream {
  abstract void write(float[] values);

  abstract void write(double[] values);

  abstract void write(long[] values);
}
