package dev.holdfast.handler;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;

/**
 * {@link Argument} that is validated. Immutable.
 *
 * @param payload the payload
 * @param validator the validator
 * @param hints the validation groups
 */
record ValidatedPayload(Argument payload, Validator validator, Object[] hints) implements Argument {

	@Override
	public Object resolve(MessageContext context) throws Exception {
		@Nullable Object value = this.payload.resolve(context);
		Assert.state(value != null, "No payload");
		Errors errors = new BeanPropertyBindingResult(value, "payload");
		if (this.validator instanceof SmartValidator smartValidator) {
			smartValidator.validate(value, errors, this.hints);
		}
		else {
			this.validator.validate(value, errors);
		}
		if (errors.hasErrors()) {
			throw new InvalidPayloadException(errors);
		}
		return value;
	}

}
