package dev.holdfast.codec;

import java.nio.ByteOrder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LengthFieldTests {

	@Test
	void createWhenOffsetIsNegativeThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> field(-1, 4, false))
			.withMessage("'offset' must not be negative");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 5, 6, 7, 9 })
	void createWhenLengthIsNotSupportedThrowsException(int length) {
		assertThatIllegalArgumentException().isThrownBy(() -> field(0, length, true))
			.withMessage("'length' must be 1, 2, 3, 4 or 8");
	}

	@Test
	void createWhenStripWithOffsetThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> field(1, 4, true))
			.withMessageStartingWith("'strip' needs an 'offset' of 0");
		assertThat(field(1, 4, false).headerLength()).isEqualTo(5);
	}

	private LengthField field(int offset, int length, boolean strip) {
		return new LengthField(offset, length, 0, false, strip, ByteOrder.BIG_ENDIAN);
	}

}
