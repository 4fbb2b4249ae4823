package dev.lifeboat.settings;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the value of an {@link OwnQuery} must be: {@code = text}, {@code != text}, or a number
 * compared by {@code >}, {@code >=}, {@code <}, {@code <=}. Without an operator it is equality.
 */
public final class Expectation {
    private static final Pattern FORM = Pattern.compile("\\s*(>=|<=|!=|=|>|<)?\\s*(.*?)\\s*");
    private final String operator;
    private final String operand;

    private Expectation(String operator, String operand) {
        this.operator = operator;
        this.operand = operand;
    }

    /**
     * Empty when the text is no expectation: an order relation with something that is no number.
     */
    public static Optional<Expectation> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || form.group(2).isEmpty()) {
            return Optional.empty();
        }
        String operator = form.group(1) == null ? "=" : form.group(1);
        boolean equality = operator.equals("=") || operator.equals("!=");
        if (!equality && number(form.group(2)).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Expectation(operator, form.group(2)));
    }

    /** Whether a value, as the database prints it, is as expected. Null (SQL's) never is. */
    public boolean holds(String value) {
        if (value == null) {
            return false;
        }
        return switch (operator) {
            case "=" -> same(value);
            case "!=" -> !same(value);
            default -> number(value).map(this::ordered).orElse(false);
        };
    }

    private boolean ordered(BigDecimal value) {
        int order = value.compareTo(number(operand).orElseThrow());
        return switch (operator) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order <= 0;
        };
    }

    /** Numbers are the same when their values are: 42 and 42.0. */
    private boolean same(String value) {
        var left = number(value);
        var right = number(operand);
        if (left.isPresent() && right.isPresent()) {
            return left.get().compareTo(right.get()) == 0;
        }
        return value.strip().equals(operand);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return operator + " " + operand;
    }
}
