package io.millrace.learning.network;

import io.millrace.learning.losses.Loss;

/**
 * The loss that training minimizes at one output.
 *
 * @param output name of the output
 * @param weight factor of this loss in the total loss
 */
public record OutputLoss(String output, Loss loss, double weight) {}
