package tradecanvas.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private static final String JSON = "application/json";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5|5",
                "-5|-5",
                "5.0|5",
                "1e3|1000",
                "'\"5\"'|5",
                "'\" +5 \"'|5",
                "'\"5.0\"'|5",
                "-0.0|0",
                "9223372036854775807|9223372036854775807",
                "-9223372036854775808|-9223372036854775808",
            })
    void integersAreReadLeniently(String value, long number) {
        BodyReader body = body("{\"v\":" + value + "}");
        assertThat(body.requiredInteger("v")).isEqualTo(number);
        body.verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|int_type|Input should be a valid integer",
                "null|int_type|Input should be a valid integer",
                "[1]|int_type|Input should be a valid integer",
                "{}|int_type|Input should be a valid integer",
                "1.5|int_from_float|Input should be a valid integer, got a number with a fractional part",
                "'\"1.5\"'|int_parsing|Input should be a valid integer, unable to parse string as an integer",
                "'\"\"'|int_parsing|Input should be a valid integer, unable to parse string as an integer",
                "9223372036854775808|int_parsing_size|Unable to parse input string as an integer, exceeded maximum size",
                "1e30|int_parsing_size|Unable to parse input string as an integer, exceeded maximum size",
                "'\"99999999999999999999\"'|int_parsing_size|Unable to parse input string as an integer, exceeded maximum size",
            })
    void otherValuesAreNoIntegers(String value, String type, String message) {
        assertThat(refused(value, body -> body.requiredInteger("v"))).isEqualTo(entry(type, message, value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"5|5", "1.5|1.5", "1e-7|1e-7", "'\"1.5\"'|1.5", "'\" 2 \"'|2", "'\"1e3\"'|1000"})
    void numbersAreReadLeniently(String value, double number) {
        BodyReader body = body("{\"v\":" + value + "}");
        assertThat(body.requiredNumber("v")).isEqualTo(number);
        body.verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false|float_type|Input should be a valid number",
                "null|float_type|Input should be a valid number",
                "[]|float_type|Input should be a valid number",
                "'\"x\"'|float_parsing|Input should be a valid number, unable to parse string as a number",
                "'\"1d\"'|float_parsing|Input should be a valid number, unable to parse string as a number",
                "'\"nan\"'|finite_number|Input should be a finite number",
                "'\"-inf\"'|finite_number|Input should be a finite number",
                "1e999|finite_number|Input should be a finite number",
            })
    void otherValuesAreNoNumbers(String value, String type, String message) {
        assertThat(refused(value, body -> body.requiredNumber("v"))).isEqualTo(entry(type, message, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void numbersThatJsonDoesNotHaveAreRefusedAndShownAsText(String value) {
        for (JsonNode refusal : List.of(
                refused(value, body -> body.requiredNumber("v")), refused(value, body -> body.requiredInteger("v")))) {
            assertThat(refusal)
                    .isEqualTo(entry("finite_number", "Input should be a finite number", "\"" + value + "\""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5|string_type|Input should be a valid string",
                "null|string_type|Input should be a valid string",
                "true|string_type|Input should be a valid string",
                "[]|string_type|Input should be a valid string",
            })
    void onlyStringsAreStrings(String value, String type, String message) {
        assertThat(refused(value, body -> body.requiredString("v"))).isEqualTo(entry(type, message, value));
    }

    @Test
    void halfACharacterIsNoString() {
        JsonNode refusal = refused("\"a\\ud800b\"", body -> body.requiredString("v"));
        assertThat(refusal.get("type").asText()).isEqualTo("string_unicode");
        assertThat(refusal.get("input").asText()).isEqualTo("a\ud800b");
        assertThat(read("{\"v\":\"\\ud83d\\ude00 因子\"}", body -> body.requiredString("v")))
                .isEqualTo("😀 因子");
    }

    @Test
    void stringsHaveALength() {
        assertThat(refused("\"\"", body -> body.requiredString("v", 1))).isEqualTo(Detail.json("""
                {'type':'string_too_short','loc':['body','v'],'msg':'String should have at least 1 character',
                'input':'','ctx':{'min_length':1}}"""));
        assertThat(read("{\"v\":\"\"}", body -> body.requiredString("v"))).isEqualTo("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"true|true", "false|false", "1|true", "0|false", "0.0|false", "'\"Yes\"'|true", "'\"off\"'|false"})
    void switchesHaveManySpellings(String value, boolean meaning) {
        assertThat(read("{\"v\":" + value + "}", body -> body.bool("v", !meaning)))
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2|bool_parsing", "'\"maybe\"'|bool_parsing", "null|bool_type", "[]|bool_type"})
    void otherValuesAreNoSwitches(String value, String type) {
        assertThat(refused(value, body -> body.bool("v", true)).get("type").asText())
                .isEqualTo(type);
    }

    @Test
    void optionalIntegersMayBeNullOrAbsent() {
        assertThat(read("{\"v\":null}", body -> body.optionalIntegerAtLeast("v", 0)))
                .isEqualTo(OptionalLong.empty());
        assertThat(read("{}", body -> body.optionalIntegerAtLeast("v", 0))).isEqualTo(OptionalLong.empty());
        assertThat(read("{\"v\":7}", body -> body.optionalIntegerAtLeast("v", 0)))
                .isEqualTo(OptionalLong.of(7));
        assertThat(refused("-1", body -> body.optionalIntegerAtLeast("v", 0))).isEqualTo(Detail.json("""
                {'type':'greater_than_equal','loc':['body','v'],'msg':'Input should be greater than or equal to 0',
                'input':-1,'ctx':{'ge':0}}"""));
    }

    @Test
    void aMissingFieldShowsTheObject() {
        BodyReader body = body("{\"w\": [1, 2.50]}");
        body.requiredString("v");
        assertThat(Detail.of(body::verify))
                .containsExactly(Detail.json(
                        "{'type':'missing','loc':['body','v'],'msg':'Field required','input':{'w':[1,2.50]}}"));
    }

    @Test
    void everythingWrongIsToldInTheOrderOfTheCalls() {
        BodyReader body = body("{\"b\":\"x\",\"c\":true}");
        body.requiredString("a");
        body.requiredInteger("b");
        body.requiredNumber("c");
        assertThat(Detail.of(body::verify))
                .extracting(entry -> entry.get("loc").get(1).asText())
                .containsExactly("a", "b", "c");
    }

    @Test
    void unknownFieldsAreIgnoredAndOfRepeatedOnesTheLastCounts() {
        assertThat(read("{\"v\":\"x\",\"u\":{\"v\":[]},\"v\":5}", body -> body.requiredInteger("v")))
                .isEqualTo(5L);
    }

    @Test
    void anObjectOfVeryManyFieldsIsRefused() {
        StringBuilder text = new StringBuilder("{\"v\":1");
        for (int i = 0; i < ObjectFields.FIELDS_MAX; i++) {
            text.append(",\"f").append(i).append("\":1");
        }
        BodyReader body = body(text.append('}').toString());
        body.requiredInteger("v");
        assertThat(Detail.of(body::verify).getFirst().get("type").asText()).isEqualTo("too_many_fields");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "''|none|missing|null",
                "''|text/plain|missing|null",
                "null|none|missing|null",
                "[]|none|model_attributes_type|[]",
                "5|application/json|model_attributes_type|5",
                "'\"x\"'|application/problem+json|model_attributes_type|'\"x\"'",
                "{}|text/plain|model_attributes_type|'\"{}\"'",
                "a=b|application/x-www-form-urlencoded|model_attributes_type|'\"a=b\"'",
            })
    void aBodyThatIsNoObjectIsOneMistake(String text, @Nullable String contentType, String type, String input) {
        BodyReader body = BodyReader.of(text.getBytes(StandardCharsets.UTF_8), contentType);
        body.requiredString("series_id");
        body.candle("candle");
        List<JsonNode> entries = Detail.of(body::verify);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().get("type").asText()).isEqualTo(type);
        assertThat(entries.getFirst().get("loc")).isEqualTo(Detail.json("['body']"));
        assertThat(entries.getFirst().get("input")).isEqualTo(Detail.json(input));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"a\":}'|5",
                "'{\"é\":}'|5",
                "'{\"a\":1'|6",
                "'{\"a\":1} x'|9",
                "'{\"a\":1}{}'|7",
                "'{a:1}'|1",
                "' '|1",
                "'{\"a\":01}'|6",
                "'{\"a\":\"\u0001\"}'|6",
            })
    void whatIsNoJsonIsToldAtOnceWithItsPlace(String text, int offset) {
        JsonNode refusal = Detail.of(() -> body(text)).getFirst();
        assertThat(refusal.get("type").asText()).isEqualTo("json_invalid");
        assertThat(refusal.get("msg").asText()).isEqualTo("JSON decode error");
        assertThat(refusal.get("loc")).isEqualTo(Detail.json("['body'," + offset + "]"));
        assertThat(refusal.get("input")).isEqualTo(Detail.json("{}"));
        assertThat(refusal.get("ctx").get("error").asText()).isNotBlank();
    }

    @Test
    void bytesThatAreNoTextAndVeryDeepBodiesAreNoJson() {
        byte[] broken = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
        assertThat(Detail.of(() -> BodyReader.of(broken, JSON))
                        .getFirst()
                        .get("type")
                        .asText())
                .isEqualTo("json_invalid");
        assertThat(Detail.of(() -> body("{\"v\":" + "[".repeat(100_000)))
                        .getFirst()
                        .get("type")
                        .asText())
                .isEqualTo("json_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c080", "c1bf", "e08181", "e09fbf", "f0808181", "f08fbfbf"})
    void aCharacterSpelledTooLongIsNoText(String hex) {
        byte[] bytes = ("{\"é\":\"" + "?".repeat(hex.length() / 2) + "\"}").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(HexFormat.of().parseHex(hex), 0, bytes, 7, hex.length() / 2);
        JsonNode refusal = Detail.of(() -> BodyReader.of(bytes, JSON)).getFirst();
        assertThat(refusal.get("type").asText()).isEqualTo("json_invalid");
        assertThat(refusal.get("loc")).isEqualTo(Detail.json("['body',6]"));
    }

    @Test
    void theShortestSpellingOfEachLengthIsText() {
        assertThat(read("{\"v\":\"\u007f\u0080\u07ff\u0800\uffff\ud800\udc00\"}", body -> body.requiredString("v")))
                .isEqualTo("\u007f\u0080\u07ff\u0800\uffff\ud800\udc00");
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        assertThat(read("\ufeff{\"v\":5}", body -> body.requiredInteger("v"))).isEqualTo(5L);
        assertThat(read("\ufeff{\"u\":\"é\",\"v\":\"因子\"}", body -> body.requiredString("v")))
                .isEqualTo("因子");
    }

    @Test
    void aLongInputIsNotRepeated() {
        String input = refused("\"" + "x".repeat(1_000_000) + "\"", body -> body.requiredInteger("v"))
                .get("input")
                .asText();
        assertThat(input).isEqualTo("<1000002 bytes, not repeated>");
    }

    private static Object read(String text, Function<BodyReader, ?> read) {
        BodyReader body = body(text);
        Object value = read.apply(body);
        body.verify();
        return value;
    }

    private static JsonNode refused(String value, Consumer<BodyReader> read) {
        BodyReader body = body("{\"u\":0, \"v\" : " + value + " }");
        read.accept(body);
        List<JsonNode> entries = Detail.of(body::verify);
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    private static JsonNode entry(String type, String message, String input) {
        return Detail.json("{'type':'" + type + "','loc':['body','v'],'msg':'" + message + "','input':" + input + "}");
    }

    private static BodyReader body(String text) {
        return BodyReader.of(text.getBytes(StandardCharsets.UTF_8), JSON);
    }
}
