package io.millrace.learning.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 digests of numbers. */
public final class Digests {
  private Digests() {}

  /** Returns the digest of the vectors as little-endian float32, one after the other. */
  public static byte[] sha256(float[]... vectors) {
    MessageDigest digest = sha256();
    for (float[] vector : vectors) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      digest.update(bytes.array());
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
