import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hashicorp.cdktf.Testing;
import io.github.cdktfclusterports.ExpectedTraffic;
import io.github.cdktfclusterports.PermittedTraffic;
import java.util.List;
import org.junit.jupiter.api.Test;

class VClusterPlatformOnGkeTest {
  private final PermittedTraffic traffic =
      PermittedTraffic.ofStack(new VClusterPlatformOnGke(Testing.app(), "vcluster-platform-on-gke"));

  @Test
  void permitsExactlyThisTraffic() {
    List<ExpectedTraffic> rows =
        List.of(
            row("8443/tcp", "172.16.0.0/28", "tag:vcluster-platform"),
            row("9443-9444/tcp", "172.16.0.0/28", "tag:vcluster-platform"),
            row("9090/tcp", "203.0.113.7/32", "tag:prometheus"));
    assertEquals("", traffic.differences(rows).getText());
  }

  @Test
  void permitsWhatTheDocumentsSay() {
    assertEquals("", traffic.differencesFromDocuments().getText());
  }

  private static ExpectedTraffic row(String port, String from, String to) {
    return ExpectedTraffic.builder().port(port).from(from).to(to).build();
  }
}
