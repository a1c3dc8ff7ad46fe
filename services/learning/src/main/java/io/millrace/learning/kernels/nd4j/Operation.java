package io.millrace.learning.kernels.nd4j;

/** An operation bound to its arrays that can be run repeatedly. */
@FunctionalInterface
interface Operation {

  void run();
}
