package dev.fettle.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.validate.Measured;
import dev.fettle.api.validate.ValidationReport;
import dev.fettle.api.validate.ValidationVerdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {
    private static final Pattern ADDRESS = Pattern.compile("(?i)(\\b(?:src|href)=|url\\(|@import|https?://[^\"' <]+)");

    private static Document parse(String html) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> all(Document document, String tag, String style) {
        NodeList found = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            Element element = (Element) found.item(i);
            if (List.of(element.getAttribute("class").split(" ", -1)).containsAll(List.of(style.split(" ", -1)))) {
                elements.add(element);
            }
        }
        return elements;
    }

    @Test
    void thePageIsWellFormedAndShowsBothVersions() throws Exception {
        Document page = parse(HtmlReport.write(SampleReport.optimized("")));

        assertThat(all(page, "svg", "graph")).hasSize(2);
        assertThat(all(page, "svg", "timeline")).hasSize(2);
        assertThat(all(page, "svg", "front")).singleElement().satisfies(front -> assertThat(front.getTextContent())
                .contains("the plan", "quickest"));
        assertThat(all(page, "svg", "ci")).hasSize(2);
        assertThat(all(page, "g", "node removed")).hasSize(1);
        assertThat(all(page, "g", "node changed")).hasSize(2);
        assertThat(all(page, "g", "block added")).hasSize(1);
        assertThat(all(page, "article", "suggestion planned")).hasSize(3);
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        Matcher matcher = ADDRESS.matcher(HtmlReport.write(SampleReport.optimized("")));
        List<String> addresses =
                matcher.results().map(result -> result.group()).distinct().toList();

        assertThat(addresses).containsOnly("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "]]><!-- ",
                "&lt;\u0000\u001B[31m\uFFFE"
            })
    void namesFromOutsideNeverBecomeMarkup(String name) throws Exception {
        Document page = parse(HtmlReport.write(SampleReport.optimized(name)));

        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        NodeList elements = page.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            for (int a = 0; a < elements.item(i).getAttributes().getLength(); a++) {
                assertThat(elements.item(i).getAttributes().item(a).getNodeName())
                        .doesNotStartWith("on");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 300})
    void aDiscoveredWorkflowOfAnySizeIsDrawnWithEachNodeOnce(int size) throws Exception {
        Document page = parse(HtmlReport.write(SampleReport.discovered(size)));

        assertThat(all(page, "g", "node")).hasSize(size);
        assertThat(all(page, "svg", "graph")).hasSize(1);
    }

    @Test
    void everyFigureAtTheTopNamesItsSource() throws Exception {
        Document page = parse(HtmlReport.write(SampleReport.optimized("")));

        List<Element> figures = all(page, "div", "figure");
        assertThat(figures).isNotEmpty();
        assertThat(all(page, "span", "source")).hasSameSizeAs(figures);
    }

    @Test
    void anAnalysisHasNoPartsForAPlan() {
        assertThat(HtmlReport.write(SampleReport.discovered(5)))
                .doesNotContain("id=\"plan\"")
                .doesNotContain("id=\"validation\"")
                .contains("id=\"bottlenecks\"");
    }

    @Test
    void pairsThatWereNotComparedAreSaid() {
        ValidationReport partly = new ValidationReport(
                ValidationVerdict.INCONCLUSIVE,
                true,
                0,
                new Measured(1, 1, 1),
                new Measured(0, 0, 0),
                0.1,
                20,
                18,
                List.of(),
                List.of(),
                false);
        assertThat(ValidationSection.outputs(partly)).isEqualTo("equivalent; 18 of 20 pairs compared");
        assertThat(Format.interval("seconds", Double.NaN, Double.NaN)).isEqualTo("no interval");
    }
}
