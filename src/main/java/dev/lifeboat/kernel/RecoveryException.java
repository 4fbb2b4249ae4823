package dev.lifeboat.kernel;

/**
 * The one checked exception of Lifeboat: work stopped, and the {@link Problem} says why and what to
 * do.
 */
public class RecoveryException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    public RecoveryException(Problem problem) {
        this(problem, null);
    }

    public RecoveryException(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public RecoveryException(ProblemCode code, String what, String why, String remedy) {
        this(new Problem(code, what, why, remedy), null);
    }

    public RecoveryException(
            ProblemCode code, String what, String why, String remedy, Throwable cause) {
        this(new Problem(code, what, why, remedy), cause);
    }

    public Problem problem() {
        return problem;
    }

    public ProblemCode code() {
        return problem.code();
    }
}
