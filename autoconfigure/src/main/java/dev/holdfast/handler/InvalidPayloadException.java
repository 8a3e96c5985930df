package dev.holdfast.handler;

import java.util.stream.Collectors;

import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;

/**
 * Thrown when a payload was converted but is not valid.
 */
public class InvalidPayloadException extends RuntimeException {

	private final transient Errors errors;

	/**
	 * Create a new {@link InvalidPayloadException}.
	 * @param errors what is wrong with the payload
	 */
	public InvalidPayloadException(Errors errors) {
		super("Payload is not valid: " + describe(errors));
		this.errors = errors;
	}

	private static String describe(Errors errors) {
		return errors.getAllErrors()
			.stream()
			.map((error) -> (error instanceof FieldError field) ? field.getField() + " " + error.getDefaultMessage()
					: String.valueOf(((DefaultMessageSourceResolvable) error).getDefaultMessage()))
			.sorted()
			.collect(Collectors.joining(", "));
	}

	/**
	 * Return what is wrong with the payload.
	 * @return the errors
	 */
	public Errors errors() {
		return this.errors;
	}

}
