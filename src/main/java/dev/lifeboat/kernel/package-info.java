/**
 * The words every other package speaks: a {@link dev.lifeboat.kernel.Problem} and the exception
 * that carries it, an {@link dev.lifeboat.kernel.Lsn}, a {@link dev.lifeboat.kernel.CancelToken},
 * progress, sizes and times. Depends on the JDK alone.
 */
package dev.lifeboat.kernel;
