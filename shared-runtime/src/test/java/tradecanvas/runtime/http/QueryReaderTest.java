package tradecanvas.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {
    @ParameterizedTest
    @CsvSource({
        "5,5",
        "+5,5",
        "' 5',5",
        "5.0,5",
        "5.,5",
        "005,5",
        "1_000,1000",
        "0,0",
        "-0,0",
        "9223372036854775807,9223372036854775807",
    })
    void integersAreReadLeniently(String text, long value) {
        QueryReader query = reader("since", text);
        assertThat(query.optionalIntegerAtLeast("since", 0)).isEqualTo(OptionalLong.of(value));
        query.verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1.5", "five", "5e0", "0x5", "_5", "5_", "5__0", ".", ".0", "+", "5.0.0"})
    void otherTextIsNoInteger(String text) {
        assertThat(refused(text, query -> query.optionalIntegerAtLeast("v", 0)))
                .isEqualTo(Detail.json("""
                {'type':'int_parsing','loc':['query','v'],
                'msg':'Input should be a valid integer, unable to parse string as an integer','input':'%s'}\
                """.formatted(text)));
    }

    @Test
    void integersOfMoreThan64BitsAreRefused() {
        assertThat(refused("9223372036854775808", query -> query.integerAtLeast("v", 0, 0)))
                .isEqualTo(Detail.json("""
                {'type':'int_parsing_size','loc':['query','v'],
                'msg':'Unable to parse input string as an integer, exceeded maximum size','input':'9223372036854775808'}\
                """));
    }

    @Test
    void boundsOfIntegersAreTold() {
        assertThat(refused("0", query -> query.integer("v", 500, 1, 5000))).isEqualTo(Detail.json("""
                {'type':'greater_than_equal','loc':['query','v'],'msg':'Input should be greater than or equal to 1',
                'input':'0','ctx':{'ge':1}}"""));
        assertThat(refused("5001", query -> query.integer("v", 500, 1, 5000))).isEqualTo(Detail.json("""
                {'type':'less_than_equal','loc':['query','v'],'msg':'Input should be less than or equal to 5000',
                'input':'5001','ctx':{'le':5000}}"""));
    }

    @Test
    void boundsOfNumbersAreTold() {
        assertThat(refused("31", query -> query.number("v", 2, 0.2, 30))
                        .get("msg")
                        .asText())
                .isEqualTo("Input should be less than or equal to 30");
        JsonNode small = refused("0.1", query -> query.number("v", 2, 0.2, 30));
        assertThat(small.get("msg").asText()).isEqualTo("Input should be greater than or equal to 0.2");
        assertThat(small.get("ctx").get("ge").asDouble()).isEqualTo(0.2);
    }

    @ParameterizedTest
    @CsvSource({"2,2", "0.5,0.5", ".5,0.5", "1e1,10", "' 2',2", "+3,3"})
    void numbersAreReadLeniently(String text, double value) {
        assertThat(reader("v", text).number("v", 0, 0, 100)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "'',float_parsing",
        "x,float_parsing",
        "1d,float_parsing",
        "0x1p3,float_parsing",
        "nan,finite_number",
        "-Infinity,finite_number",
        "1e999,finite_number",
    })
    void otherTextIsNoNumber(String text, String type) {
        JsonNode refusal = refused(text, query -> query.number("v", 0, 0, 100));
        assertThat(refusal.get("type").asText()).isEqualTo(type);
        assertThat(refusal.get("input").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1,true",
        "TRUE,true",
        "yes,true",
        "On,true",
        "t,true",
        "Y,true",
        "0,false",
        "no,false",
        "off,false",
        "F,false",
        "n,false",
        "False,false"
    })
    void switchesHaveManyWords(String text, boolean value) {
        assertThat(reader("v", text).bool("v", !value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "maybe", " true"})
    void otherTextIsNoSwitch(String text) {
        assertThat(refused(text, query -> query.bool("v", true))).isEqualTo(Detail.json("""
                {'type':'bool_parsing','loc':['query','v'],
                'msg':'Input should be a valid boolean, unable to interpret input','input':'%s'}\
                """.formatted(text)));
    }

    @Test
    void lengthsAreCountedInCharacters() {
        assertThat(refused("", query -> query.requiredString("v", 1))).isEqualTo(Detail.json("""
                {'type':'string_too_short','loc':['query','v'],'msg':'String should have at least 1 character',
                'input':'','ctx':{'min_length':1}}"""));
        assertThat(refused("x", query -> query.requiredString("v", 2))
                        .get("msg")
                        .asText())
                .isEqualTo("String should have at least 2 characters");
        assertThat(refused("ABCDEFGHIJKLM", query -> query.string("v", "USDT", 1, 12)))
                .isEqualTo(Detail.json("""
                {'type':'string_too_long','loc':['query','v'],'msg':'String should have at most 12 characters',
                'input':'ABCDEFGHIJKLM','ctx':{'max_length':12}}"""));
        assertThat(reader("v", "😀".repeat(12)).string("v", "", 1, 12)).isEqualTo("😀".repeat(12));
    }

    @Test
    void choicesAreExact() {
        assertThat(refused("SPOT", query -> query.requiredChoice("v", "spot", "futures")))
                .isEqualTo(Detail.json("""
                {'type':'literal_error','loc':['query','v'],'msg':'Input should be (spot) or (futures)','input':'SPOT',
                'ctx':{'expected':'(spot) or (futures)'}}""".replace("(", "\\u0027").replace(")", "\\u0027")));
    }

    @Test
    void absentParametersHaveTheirDefaultsOrAreMissing() {
        QueryReader query = QueryReader.of("");
        assertThat(query.optionalIntegerAtLeast("a", 0)).isEmpty();
        assertThat(query.integerAtLeast("b", 7, 0)).isEqualTo(7);
        assertThat(query.integer("c", 500, 1, 5000)).isEqualTo(500);
        assertThat(query.bool("d", true)).isTrue();
        assertThat(query.string("e", "USDT", 1, 12)).isEqualTo("USDT");
        query.requiredString("first", 1);
        query.requiredIntegerAtLeast("second", 0);
        query.requiredChoice("third", "spot", "futures");
        assertThat(Detail.of(query::verify))
                .extracting(
                        entry -> entry.get("loc").get(1).asText(),
                        entry -> entry.get("type").asText())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("first", "missing"),
                        org.assertj.core.groups.Tuple.tuple("second", "missing"),
                        org.assertj.core.groups.Tuple.tuple("third", "missing"));
        assertThat(Detail.of(query::verify).getFirst())
                .isEqualTo(
                        Detail.json("{'type':'missing','loc':['query','first'],'msg':'Field required','input':null}"));
    }

    @Test
    void ofARepeatedParameterTheLastCounts() {
        QueryReader query = QueryReader.of("limit=bad&limit=7");
        assertThat(query.integer("limit", 500, 1, 5000)).isEqualTo(7);
        query.verify();
    }

    @ParameterizedTest
    @CsvSource({
        "v=a%20b+c, a b c",
        "v=%E6%97%A5%F0%9F%98%80, 日😀",
        "v=%zz%4, %zz%4",
        "v=%ff%41, \ufffdA",
        "v=a;w=b, a;w=b",
        "v=x=y==, x=y==",
        "a=1&&V=2&v=3&V=4, 3",
        "%76=named, named",
        "v=a\u00e9%C3%A9, aéé",
    })
    void queryStringsAreTakenApartAsClientsAreUsedTo(String query, String value) {
        assertThat(QueryReader.of(query).requiredString("v", 1)).isEqualTo(value);
    }

    @Test
    void parameterWithoutAValueIsThereAndEmpty() {
        assertThat(QueryReader.of("v").string("v", "absent", 0, 9)).isEmpty();
        assertThat(QueryReader.of("v=").string("v", "absent", 0, 9)).isEmpty();
        assertThat(QueryReader.of(null).string("v", "absent", 0, 9)).isEqualTo("absent");
    }

    private static JsonNode refused(String text, Consumer<QueryReader> read) {
        QueryReader query = reader("v", text);
        read.accept(query);
        List<JsonNode> entries = Detail.of(query::verify);
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    private static QueryReader reader(String name, String text) {
        return QueryReader.of(name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }
}
