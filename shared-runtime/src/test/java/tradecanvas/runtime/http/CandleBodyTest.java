package tradecanvas.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tradecanvas.model.candle.Candle;

class CandleBodyTest {
    private static final String GOOD =
            "{\"candle_time\":60,\"open\":1,\"high\":2.5,\"low\":-0.5,\"close\":1e-7,\"volume\":10.0}";
    private static final Candle GOOD_CANDLE = new Candle(60, 1, 2.5, -0.5, 1e-7, 10);

    @Test
    void aCandleIsReadWhereverItStands() {
        assertThat(candle(GOOD)).isEqualTo(GOOD_CANDLE);
        assertThat(candles("[" + GOOD + " , " + GOOD + "]", 1, 2)).containsExactly(GOOD_CANDLE, GOOD_CANDLE);
    }

    @Test
    void unusualSpellingsAreReadToo() {
        assertThat(candle("{\"volume\":\"10\",\"x\":{\"open\":[]},\"close\":1e-7,\"low\":\"-0.5\",\"high\":2.5,"
                        + "\"open\":\"no\",\"open\":1,\"candle_time\":\"60\"}"))
                .isEqualTo(GOOD_CANDLE);
        assertThat(candle(GOOD.replace("60", "60.0"))).isEqualTo(GOOD_CANDLE);
    }

    @Test
    void everyBadFieldIsToldInTheOrderOfTheContract() {
        List<JsonNode> entries =
                refusedCandle("{\"volume\":null,\"low\":NaN,\"close\":true,\"open\":1,\"candle_time\":1.5}");
        assertThat(entries)
                .extracting(entry -> entry.get("loc").get(2).asText() + " "
                        + entry.get("type").asText())
                .containsExactly(
                        "candle_time int_from_float",
                        "high missing",
                        "low finite_number",
                        "close float_type",
                        "volume float_type");
        assertThat(entries.get(1))
                .isEqualTo(
                        Detail.json("{'type':'missing','loc':['body','candle','high'],'msg':'Field required','input':"
                                + "{'volume':null,'low':'NaN','close':true,'open':1,'candle_time':1.5}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"null", "5", "'\"x\"'", "[]"})
    void aCandleThatIsNoObjectIsOneMistake(String value) {
        assertThat(refusedCandle(value)).containsExactly(Detail.json("""
                {'type':'model_attributes_type','loc':['body','candle'],
                'msg':'Input should be a valid dictionary or object to extract fields from','input':%s}\
                """.formatted(value)));
    }

    @Test
    void aMissingCandleShowsTheBody() {
        BodyReader body = body("{\"series_id\":\"s\"}");
        body.requiredString("series_id");
        body.candle("candle");
        assertThat(Detail.of(body::verify))
                .containsExactly(Detail.json(
                        "{'type':'missing','loc':['body','candle'],'msg':'Field required','input':{'series_id':'s'}}"));
    }

    @Test
    void badItemsAreToldWithTheirPosition() {
        List<JsonNode> entries = refusedCandles(
                "[" + GOOD + ",7," + GOOD + "," + GOOD.replace("2.5", "\"é\"") + "," + GOOD.replace("60", "true") + "]",
                1,
                10);
        assertThat(entries)
                .extracting(entry -> entry.get("loc"))
                .containsExactly(
                        Detail.json("['body','candles',1]"),
                        Detail.json("['body','candles',3,'high']"),
                        Detail.json("['body','candles',4,'candle_time']"));
        assertThat(entries.get(1).get("input").asText()).isEqualTo("é");
    }

    @Test
    void listsHaveASize() {
        assertThat(refusedCandles("[]", 1, 20_000)).containsExactly(Detail.json("""
                {'type':'too_short','loc':['body','candles'],
                'msg':'List should have at least 1 item after validation, not 0','input':[],
                'ctx':{'field_type':'List','min_length':1,'actual_length':0}}"""));
        assertThat(refusedCandles("[1," + GOOD + "," + GOOD + "]", 1, 2))
                .containsExactly(Detail.json("""
                {'type':'too_long','loc':['body','candles'],
                'msg':'List should have at most 2 items after validation, not 3','input':[1,%s,%s],
                'ctx':{'field_type':'List','max_length':2,'actual_length':3}}""".formatted(GOOD, GOOD)));
        assertThat(refusedCandles("{}", 1, 2).getFirst().get("type").asText()).isEqualTo("list_type");
    }

    @Test
    void onlyTheFirstErrorsAreListed() {
        String list = IntStream.range(0, 1000)
                .mapToObj(i -> GOOD.replace("60", "null"))
                .collect(Collectors.joining(",", "[", "]"));
        List<JsonNode> entries = refusedCandles(list, 1, 20_000);
        assertThat(entries).hasSize(Violations.LISTED_MAX + 1);
        assertThat(entries.getLast()).isEqualTo(Detail.json("""
                {'type':'too_many_errors','loc':['body'],
                'msg':'Only the first 100 errors are listed, 900 more were found','input':null,
                'ctx':{'listed':100,'not_listed':900}}"""));
    }

    @Test
    void theQuickWayAcceptsOnlyWhatTheCarefulWayReadsTheSame() throws Exception {
        long seed = 20261124;
        Random random = new Random(seed);
        String[] values = {
            "1", "-2.5", "1e3", "\"3\"", "null", "true", "NaN", "1e999", "{}", "[1,{}]", "99999999999999999999"
        };
        String[] names = {"candle_time", "open", "high", "low", "close", "volume", "other"};
        int quick = 0;
        for (int round = 0; round < 20_000; round++) {
            int usualShare = random.nextInt(1, 20);
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < names.length + random.nextInt(3); i++) {
                String name = i < names.length ? names[i] : names[random.nextInt(names.length)];
                String value = random.nextInt(usualShare) == 0 ? values[random.nextInt(values.length)] : "" + i;
                text.append(i == 0 ? "" : ",")
                        .append('"')
                        .append(name)
                        .append("\":")
                        .append(value);
            }
            BodyReader body = body("{\"candle\":" + text + "}}");
            byte[] bytes = (text + "}").getBytes(StandardCharsets.UTF_8);
            Slice slice = new Slice(bytes, 0, bytes.length, com.fasterxml.jackson.core.JsonToken.START_OBJECT);
            try (var parser = slice.parser()) {
                parser.nextToken();
                Candle usual = new CandleReader().usual(parser);
                if (usual != null) {
                    quick++;
                    Violations violations = new Violations();
                    assertThat(CandleReader.careful(slice, List.of("body"), violations))
                            .as("seed %d body %s", seed, text)
                            .isEqualTo(usual)
                            .isEqualTo(body.candle("candle"));
                    violations.verify();
                }
            }
        }
        assertThat(quick).isBetween(1000, 19_000);
    }

    private static Candle candle(String value) {
        BodyReader body = body("{\"candle\":" + value + "}");
        Candle candle = body.candle("candle");
        body.verify();
        return candle;
    }

    private static List<Candle> candles(String value, int sizeMin, int sizeMax) {
        BodyReader body = body("{\"s\":\"é\",\"candles\": " + value + " }");
        List<Candle> candles = body.candles("candles", sizeMin, sizeMax);
        body.verify();
        return candles;
    }

    private static List<JsonNode> refusedCandle(String value) {
        BodyReader body = body("{\"é\":1,\"candle\": " + value + " }");
        body.candle("candle");
        return Detail.of(body::verify);
    }

    private static List<JsonNode> refusedCandles(String value, int sizeMin, int sizeMax) {
        BodyReader body = body("{\"é\":1,\"candles\": " + value + " }");
        body.candles("candles", sizeMin, sizeMax);
        return Detail.of(body::verify);
    }

    private static BodyReader body(String text) {
        return BodyReader.of(text.getBytes(StandardCharsets.UTF_8), "application/json; charset=utf-8");
    }
}
