<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable|MapTips|Temporal" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
  <rules key="masar">
   <rule key="places-0" filter="coalesce(&quot;geometry_quality&quot;, &apos;&apos;) &lt;&gt; &apos;approximate&apos;" label="place named" symbol="0"/>
   <rule key="places-1" filter="NOT ((coalesce(&quot;geometry_quality&quot;, &apos;&apos;) &lt;&gt; &apos;approximate&apos;))" label="anything else" symbol="1"/>
  </rules>
  <symbols>
   <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="name" type="QString" value="circle"/>
      <Option name="color" type="QString" value="255,255,255,255"/>
      <Option name="outline_color" type="QString" value="255,255,255,255"/>
      <Option name="outline_width" type="QString" value="0.79"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="size" type="QString" value="2.38"/>
      <Option name="size_unit" type="QString" value="MM"/>
     </Option>
    </layer>
    <layer class="SimpleMarker" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="name" type="QString" value="circle"/>
      <Option name="color" type="QString" value="74,86,99,255"/>
      <Option name="outline_color" type="QString" value="0,0,0,102"/>
      <Option name="outline_width" type="QString" value="0.21"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="size" type="QString" value="2.38"/>
      <Option name="size_unit" type="QString" value="MM"/>
     </Option>
    </layer>
   </symbol>
   <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="1">
     <Option type="Map">
      <Option name="name" type="QString" value="circle"/>
      <Option name="color" type="QString" value="255,255,255,255"/>
      <Option name="outline_color" type="QString" value="255,255,255,255"/>
      <Option name="outline_width" type="QString" value="0.79"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="size" type="QString" value="2.38"/>
      <Option name="size_unit" type="QString" value="MM"/>
     </Option>
    </layer>
    <layer class="SimpleMarker" enabled="1" locked="0" pass="2">
     <Option type="Map">
      <Option name="name" type="QString" value="circle"/>
      <Option name="color" type="QString" value="74,86,99,255"/>
      <Option name="outline_color" type="QString" value="0,0,0,102"/>
      <Option name="outline_width" type="QString" value="0.21"/>
      <Option name="outline_width_unit" type="QString" value="MM"/>
      <Option name="outline_style" type="QString" value="solid"/>
      <Option name="joinstyle" type="QString" value="round"/>
      <Option name="size" type="QString" value="2.38"/>
      <Option name="size_unit" type="QString" value="MM"/>
     </Option>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="if(layer_property(@layer_id, &apos;feature_count&apos;) &gt; 5000 OR array_find(array_agg(coalesce(&quot;gazetteer_id&quot;, &quot;id&quot;)), coalesce(&quot;gazetteer_id&quot;, &quot;id&quot;)) = array_find(array_agg(&quot;id&quot;), &quot;id&quot;), concat(&quot;name&quot;, if(&quot;name_ar&quot; = &quot;name&quot;, &apos;&apos;, &apos;\n&apos; || &quot;name_ar&quot;)), NULL)" isExpression="1" fontFamily="Noto Sans" namedStyle="Regular" fontItalic="0" fontWeight="50" fontSize="8" fontSizeUnit="Point" textColor="58,68,78,255" textOpacity="1" multilineHeight="0.9" allowHtml="0">
    <families>
     <family name="Noto Sans"/>
     <family name="Noto Sans Arabic"/>
     <family name="Segoe UI"/>
     <family name="Geeza Pro"/>
     <family name="Arial"/>
    </families>
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
   </text-style>
   <text-format wrapChar="" autoWrapLength="0" useMaxLineLengthForAutoWrap="1" multilineAlign="1"/>
   <placement placement="6" predefinedPositionOrder="TR,TL,BR,BL,R,L,TSR,BSR" dist="2.4" distUnits="MM" offsetUnits="MM" fitInPolygonOnly="0"/>
   <rendering drawLabels="1" displayAll="0" obstacle="1" obstacleFactor="1" scaleVisibility="0" scaleMin="0" scaleMax="0"/>
   <dd_properties>
    <Option type="Map">
     <Option name="name" type="QString" value=""/>
     <Option name="properties" type="Map">
      <Option name="Priority" type="Map">
       <Option name="active" type="bool" value="true"/>
       <Option name="expression" type="QString" value="min(5, 1 + coalesce(&quot;mentions&quot;, 0))"/>
       <Option name="type" type="int" value="3"/>
      </Option>
     </Option>
     <Option name="type" type="QString" value="collection"/>
    </Option>
   </dd_properties>
  </settings>
 </labeling>
 <fieldConfiguration>
  <field name="kind" configurationFlags="None">
   <editWidget type="Hidden">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="title" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="description" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="title_ar" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="article_id" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="source" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="url" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="published" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence_offset" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="evidence_length" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="confidence" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="geometry_quality" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="uncertainty_m" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="surface" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="name" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="name_ar" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="country" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="admin1" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="feature_code" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="gazetteer_id" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="resolved" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="reason" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="candidates" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="mentions" configurationFlags="None">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
  <field name="provenance_json" configurationFlags="None">
   <editWidget type="Hidden">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false"/>
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias index="0" field="kind" name="Kind"/>
  <alias index="1" field="title" name="Title"/>
  <alias index="2" field="description" name="Description"/>
  <alias index="3" field="title_ar" name="Title (Arabic)"/>
  <alias index="4" field="article_id" name="Article id"/>
  <alias index="5" field="source" name="Source"/>
  <alias index="6" field="url" name="Address"/>
  <alias index="7" field="published" name="Published"/>
  <alias index="8" field="evidence" name="Evidence"/>
  <alias index="9" field="evidence_offset" name="Evidence offset"/>
  <alias index="10" field="evidence_length" name="Evidence length"/>
  <alias index="11" field="confidence" name="Confidence"/>
  <alias index="12" field="geometry_quality" name="Geometry quality"/>
  <alias index="13" field="uncertainty_m" name="Uncertainty (m)"/>
  <alias index="14" field="surface" name="Surface"/>
  <alias index="15" field="name" name="Name"/>
  <alias index="16" field="name_ar" name="Name (Arabic)"/>
  <alias index="17" field="country" name="Country"/>
  <alias index="18" field="admin1" name="Admin1"/>
  <alias index="19" field="feature_code" name="Feature code"/>
  <alias index="20" field="gazetteer_id" name="Gazetteer id"/>
  <alias index="21" field="resolved" name="Resolved"/>
  <alias index="22" field="reason" name="Reason"/>
  <alias index="23" field="candidates" name="Candidates"/>
  <alias index="24" field="mentions" name="Mentions"/>
  <alias index="25" field="provenance_json" name="Provenance (JSON)"/>
 </aliases>
 <attributetableconfig actionWidgetStyle="dropDown" sortExpression="&quot;name&quot;" sortOrder="0">
  <columns>
   <column type="field" name="kind" width="-1" hidden="1"/>
   <column type="field" name="title" width="-1" hidden="0"/>
   <column type="field" name="description" width="-1" hidden="0"/>
   <column type="field" name="title_ar" width="-1" hidden="0"/>
   <column type="field" name="article_id" width="-1" hidden="0"/>
   <column type="field" name="source" width="-1" hidden="0"/>
   <column type="field" name="url" width="-1" hidden="0"/>
   <column type="field" name="published" width="-1" hidden="0"/>
   <column type="field" name="evidence" width="-1" hidden="0"/>
   <column type="field" name="evidence_offset" width="-1" hidden="0"/>
   <column type="field" name="evidence_length" width="-1" hidden="0"/>
   <column type="field" name="confidence" width="-1" hidden="0"/>
   <column type="field" name="geometry_quality" width="-1" hidden="0"/>
   <column type="field" name="uncertainty_m" width="-1" hidden="0"/>
   <column type="field" name="surface" width="-1" hidden="0"/>
   <column type="field" name="name" width="-1" hidden="0"/>
   <column type="field" name="name_ar" width="-1" hidden="0"/>
   <column type="field" name="country" width="-1" hidden="0"/>
   <column type="field" name="admin1" width="-1" hidden="0"/>
   <column type="field" name="feature_code" width="-1" hidden="0"/>
   <column type="field" name="gazetteer_id" width="-1" hidden="0"/>
   <column type="field" name="resolved" width="-1" hidden="0"/>
   <column type="field" name="reason" width="-1" hidden="0"/>
   <column type="field" name="candidates" width="-1" hidden="0"/>
   <column type="field" name="mentions" width="-1" hidden="0"/>
   <column type="field" name="provenance_json" width="-1" hidden="1"/>
  </columns>
 </attributetableconfig>
 <previewExpression>&quot;title&quot;</previewExpression>
 <mapTip enabled="1">&lt;div style=&quot;width:26em;font-family:sans-serif&quot;&gt;&lt;b&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;title&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/b&gt;&lt;div dir=&quot;rtl&quot; lang=&quot;ar&quot;&gt;&lt;b&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;title_ar&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/b&gt;&lt;/div&gt;&lt;p&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;description&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/p&gt;&lt;blockquote dir=&quot;auto&quot; style=&quot;margin:0.5em 0;padding:0.3em 0.6em;background:#f2efe6&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(&quot;evidence&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/blockquote&gt;&lt;table&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Sure&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(round(&quot;confidence&quot; * 100) || &apos; %&apos;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Drawn&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(concat(&quot;geometry_quality&quot;, &apos;, within &apos; || round(&quot;uncertainty_m&quot; / 1000.0, 1) || &apos; km&apos;), &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Article&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% replace(replace(replace(replace(replace(coalesce(concat(&quot;source&quot; || &apos;, &apos;, &quot;article_id&quot;, &apos;, &apos; || &quot;published&quot;), &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) %]&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;&lt;i&gt;Address&lt;/i&gt;&amp;nbsp;&lt;/td&gt;&lt;td dir=&quot;auto&quot;&gt;[% if(regexp_match(coalesce(&quot;url&quot;, &apos;&apos;), &apos;^https?://&apos;) = 1, &apos;&lt;a href=&quot;&apos; || replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) || &apos;&quot;&gt;&apos; || replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;) || &apos;&lt;/a&gt;&apos;, replace(replace(replace(replace(replace(coalesce(&quot;url&quot;, &apos;&apos;), &apos;&amp;&apos;, &apos;&amp;amp;&apos;), &apos;&lt;&apos;, &apos;&amp;lt;&apos;), &apos;&gt;&apos;, &apos;&amp;gt;&apos;), &apos;&quot;&apos;, &apos;&amp;quot;&apos;), &apos;&apos;&apos;&apos;, &apos;&amp;#39;&apos;)) %]&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;&lt;/div&gt;</mapTip>
</qgis>
