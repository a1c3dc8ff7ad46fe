/** What the images hold: each service's folder of libraries, as its Dockerfile copies it. */
@NullMarked
package io.millrace.images;

import org.jspecify.annotations.NullMarked;
