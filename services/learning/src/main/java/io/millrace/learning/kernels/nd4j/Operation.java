package io.millrace.learning.kernels.nd4j;

/** Something bound to its arrays that can be run again and again. */
@FunctionalInterface
interface Operation {

  void run();
}
